"""The child process that opens documents; see `extract`.

A refusal is written as a sentence. Whatever else goes wrong ends this process, and its
parent then says that the file is damaged.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from qualcoder_sm.errors import UnreadableFile
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers import office, pdf, sheet
from qualcoder_sm.importers.extract import SECONDS_PER_FILE, Extract, Job
from qualcoder_sm.importers.paragraphs import Paragraph
from qualcoder_sm.importers.safety import MAX_CHARACTERS, empty_file
from qualcoder_sm.importers.text import normalised

_MEMORY = 1024**3


def main(argv: Sequence[str] | None = None) -> int:
    """Read jobs from stdin and write an answer per line to stdout; `argv` is not looked at."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    # Not sys.stdin: a program frozen for the window has none, though the pipe is there.
    with os.fdopen(0, "rb", closefd=False) as questions:
        jobs = [Job(**job) for job in json.load(questions)]
    _limit_memory()
    for job in jobs:
        _limit_time()
        answers.write(json.dumps(_answer(job)).encode() + b"\n")
        answers.flush()
    return 0


def _answer(job: Job) -> dict[str, object]:
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


def _limit_memory() -> None:
    if sys.platform == "win32":
        return
    import resource

    in_use = _address_space()
    if in_use:
        limit = in_use + _MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _address_space() -> int:
    """Bytes mapped now; 0 where the system does not tell (macOS ignores the limit anyway)."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _limit_time() -> None:
    if sys.platform == "win32":
        return
    import resource

    used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used) + SECONDS_PER_FILE, hard))


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

if __name__ == "__main__":
    sys.exit(main())
