"""Which pages there are; each is loaded when it is shown for the first time."""

from importlib import import_module
from pathlib import Path

from PySide6.QtWidgets import QWidget

from qualcoder_sm.i18n import tr
from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.sight import Sight

TITLES = ("Read & code", "Codebook", "Compare coders", "Matrix", "Audit trail", "Export")
MEMOS = len(TITLES)
"""The number of the page of memos, which the bar of pages does not name."""


def load() -> None:
    """Load what the pages need, before anybody waits for it; of no use to call twice."""
    for name in ("codebook", "memos", "compare", "matrix", "audit", "export", "importing"):
        import_module(f"qualcoder_sm.ui.pages.{name}")


def made(number: int, context: Context, sight: Sight, parent: QWidget) -> QWidget:
    """A page, by its number in TITLES from 1, or MEMOS; the first is made by the workspace."""
    if number == 1:
        from qualcoder_sm.ui.pages.codebook import CodebookPage

        return CodebookPage(context, sight, parent)
    if number == MEMOS:
        from qualcoder_sm.ui.pages.memos import MemosPage

        return MemosPage(context, sight, parent)
    return _analysis(number, context, parent)


def _analysis(number: int, context: Context, parent: QWidget) -> QWidget:
    if number == 2:
        from qualcoder_sm.ui.pages.compare import ComparePage

        return ComparePage(context, parent)
    if number == 3:
        from qualcoder_sm.ui.pages.matrix import MatrixPage

        return MatrixPage(context, parent)
    if number == 4:
        from qualcoder_sm.ui.pages.audit import AuditPage

        return AuditPage(context, parent)
    from qualcoder_sm.ui.pages.export import ExportPage

    return ExportPage(context, parent)


def importing(paths: list[Path], context: Context, parent: QWidget) -> QWidget:
    """The page that shows what files would bring."""
    from qualcoder_sm.ui.pages.importing import ImportPage

    return ImportPage(context, paths, parent)


def import_kinds() -> str:
    """The kinds of file that can be imported, as a file dialog wants them."""
    from qualcoder_sm.importers import READERS

    endings = sorted({f"*{ending}" for reader in READERS for ending in reader.endings})
    return tr("Texts and posts ({endings})", endings=" ".join(endings))
