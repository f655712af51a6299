"""JSON: the list of the document's tables, each as `report --json` prints it."""

import json
from pathlib import Path

from qualcoder_sm.exporters.document import Document, Progress


def write(document: Document, path: Path, progress: Progress) -> None:
    """Write the tables; prose is left out, quotations are a table."""
    tables = [table.as_json() for table in document.tables]
    with path.open("w", encoding="utf-8", newline="\n") as file:
        json.dump(tables, file, ensure_ascii=False, indent=1, allow_nan=False)
        file.write("\n")
    progress(1, 1)
