"""What opens documents, in the process that `extract` starts.

A refusal is answered as a sentence. Whatever else goes wrong ends the process, and `extract`
then says that the file is damaged.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from qualcoder_sm.errors import UnreadableFile
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers import office, pdf, sheet
from qualcoder_sm.importers.extract import Extract, Job
from qualcoder_sm.importers.paragraphs import Paragraph
from qualcoder_sm.importers.safety import MAX_CHARACTERS, empty_file
from qualcoder_sm.importers.text import normalised


def answer(job: Job) -> dict[str, object]:
    """What the file holds, as `extract` reads it, or the sentence by which it is refused."""
    try:
        result = _READERS[job.format](Path(job.path))
        _check_amount(result, Path(job.path).name)
    except UnreadableFile as error:
        return {"error": str(error)}
    return {
        "paragraphs": [(normalised(p.text), p.heading, p.page) for p in result.paragraphs],
        "rows": [list(map(normalised, row)) for row in result.rows],
        "rounded": result.rounded,
    }


def _check_amount(result: Extract, name: str) -> None:
    texts = [p.text for p in result.paragraphs] + [cell for row in result.rows for cell in row]
    if not any(text and not text.isspace() for text in texts):
        raise empty_file(name)
    if sum(map(len, texts)) > MAX_CHARACTERS:
        raise UnreadableFile(
            tr(
                "{file} holds more than {n:,} characters. Split it and import the parts.",
                file=name,
                n=MAX_CHARACTERS,
            )
        )


def _paragraphs(read: Callable[[Path], list[Paragraph]]) -> Callable[[Path], Extract]:
    def extract(path: Path) -> Extract:
        return Extract(paragraphs=tuple(read(path)))

    return extract


_READERS: Mapping[str, Callable[[Path], Extract]] = {
    "docx": _paragraphs(office.read_docx),
    "odt": _paragraphs(office.read_odt),
    "rtf": _paragraphs(office.read_rtf),
    "pdf": _paragraphs(pdf.read),
    "pdf-layout": _paragraphs(pdf.read_layout),
    "xlsx": sheet.read,
}
