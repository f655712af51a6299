"""Makes the files of the demonstration study that are not written by hand.

The texts stand in `demo_texts/`; what comes out goes to `resources/demo/`: Word, RTF, PDF and
two encodings of plain text, so that building the study tries the importers. Run it after a
change of a text: `.venv/bin/python packaging/demo_files.py`. The same texts give the same files.
"""

import io
import textwrap
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

TEXTS = Path(__file__).parent / "demo_texts"
FILES = Path(__file__).parents[1] / "resources" / "demo"

_WRITTEN = datetime(2024, 6, 3, 9, 0)
_ZIP_TIME = _WRITTEN.timetuple()[:6]
_PAGE = (595, 842)
_MARGIN = 72
_LEADING = 16
_LINE_WIDTH = 84


def main(folder: Path = FILES) -> None:
    """Write every file into `folder`."""
    for name in ("P01", "P06", "P19"):
        (folder / f"{name}.docx").write_bytes(docx(_text(name)))
    (folder / "P16.rtf").write_bytes(rtf(_text("P16")))
    (folder / "P20.txt").write_bytes(_text("P20").encode("utf-8"))
    (folder / "P11.txt").write_bytes(_text("P11").encode("cp1252"))
    (folder / "S01 group rules.pdf").write_bytes(pdf(_text("group_rules").splitlines()))


def docx(text: str) -> bytes:
    """A Word document with a paragraph for every line, speakers' labels in bold."""
    from docx import Document

    document = Document()
    for line in text.split("\n"):
        label, colon, speech = line.partition(": ")
        is_turn = bool(colon) and len(label.split()[-1]) == len("P01")
        paragraph = document.add_paragraph()
        paragraph.add_run(label + colon if is_turn else line).bold = is_turn
        if is_turn:
            paragraph.add_run(speech)
    properties = document.core_properties
    properties.author = properties.last_modified_by = "Demonstration study"
    properties.title, properties.comments = text.split("\n", 1)[0], ""
    properties.created = properties.modified = _WRITTEN
    file = io.BytesIO()
    document.save(file)
    return _without_times(file)


def _without_times(file: io.BytesIO) -> bytes:
    """The same zip file, each part dated alike."""
    result = io.BytesIO()
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(result, "w") as new:
        for part in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = zipfile.ZipInfo(part, _ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(part))
    return result.getvalue()


def rtf(text: str) -> bytes:
    r"""An RTF file with a paragraph for every line; all beyond ASCII as \u with "?" beside it."""
    lines = text.removesuffix("\n").split("\n")
    body = "\\par\n".join("".join(map(_rtf_character, line)) for line in lines)
    head = r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0 Calibri;}}\f0\fs22"
    return f"{head}\n{body}\\par\n}}\n".encode("ascii")


def _rtf_character(character: str) -> str:
    if character in "\\{}":
        return "\\" + character
    if character.isascii():
        return character
    units = character.encode("utf-16-le")
    numbers = (int.from_bytes(units[at : at + 2], "little") for at in range(0, len(units), 2))
    return "".join(f"\\u{number - 65536 if number > 32767 else number}?" for number in numbers)


def pdf(paragraphs: Sequence[str]) -> bytes:
    """One page in Helvetica, every paragraph set apart from the next; Windows-1252 only."""
    content = "\n".join(["BT", "/F1 11 Tf", f"{_LEADING} TL",
                         f"{_MARGIN} {_PAGE[1] - _MARGIN} Td", *_pdf_lines(paragraphs), "ET"])  # fmt: skip
    stream = content.encode("cp1252")
    date = _WRITTEN.strftime("(D:%Y%m%d%H%M%SZ)")
    return _pdf_file([
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_PAGE[0]} {_PAGE[1]}] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({_escaped(paragraphs[0])}) /CreationDate {date} >>".encode("cp1252"),
    ])  # fmt: skip


def _pdf_lines(paragraphs: Sequence[str]) -> list[str]:
    shown: list[str] = []
    for paragraph in paragraphs:
        for line in textwrap.wrap(paragraph, _LINE_WIDTH):
            shown.append(f"({_escaped(line)}) Tj T*")
        shown.append("T*")
    return shown


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _pdf_file(objects: Sequence[bytes]) -> bytes:
    """The objects, numbered from 1, with the table that says where each begins."""
    file, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), list[int]()
    for number, body in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    file += b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1, len(objects), table)  # fmt: skip
    return bytes(file)


def _text(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_bytes().decode("utf-8")


if __name__ == "__main__":
    main()
