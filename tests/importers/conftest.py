"""Files as researchers have them, made on the spot."""

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

Write = Callable[[str, bytes | str], Path]
Csv = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Puts a file with these bytes, or this text in UTF-8, into a folder."""

    def _write(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return _write


@pytest.fixture
def write_csv(tmp_path: Path) -> Csv:
    """Puts a csv file with these rows, the first of them headers, into a folder."""

    def _write(*rows: Sequence[object], name: str = "posts.csv", delimiter: str = ",") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
        return path

    return _write


@pytest.fixture
def write_pdf(tmp_path: Path) -> Callable[..., Path]:
    """Puts a PDF with these lines on its pages into a folder."""

    def _write(name: str, *pages: Sequence[str], encrypted: bool = False) -> Path:
        path = tmp_path / name
        path.write_bytes(_pdf(pages, encrypted=encrypted))
        return path

    return _write


def _pdf(pages: Sequence[Sequence[str]], *, encrypted: bool) -> bytes:
    first = 5
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>",
    ]
    for number, lines in enumerate(pages):
        shown = "".join(f"({line})Tj T* " for line in lines)
        stream = f"BT /F1 11 Tf 14 TL 60 760 Td {shown}ET"
        objects += [
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>"
            f"/Contents {first + 2 * number + 1} 0 R>>",
            f"<</Length {len(stream)}>>\nstream\n{stream}\nendstream",
        ]
    return _with_table(objects, "/Encrypt 4 0 R/ID[<00><00>]" if encrypted else "")


def _with_table(objects: Sequence[str], trailer: str) -> bytes:
    data, offsets = b"%PDF-1.4\n", list[int]()
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    size = len(objects) + 1
    end = (
        f"xref\n0 {size}\n0000000000 65535 f \n{table}"
        f"trailer\n<</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{len(data)}\n%%EOF\n"
    )
    return data + end.encode("latin-1")
