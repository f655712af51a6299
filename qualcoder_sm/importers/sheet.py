"""The first filled sheet of a workbook as rows of text. Runs in the child process only."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from qualcoder_sm.importers.extract import Rows
from qualcoder_sm.importers.office import check_package
from qualcoder_sm.importers.safety import damaged_file

_Value = int | float | str | bool | time | date | datetime | timedelta


def read(path: Path) -> Rows:
    """All rows of the first sheet that has any, from its first row and column on.

    Whole numbers carry no decimal point, dates are ISO 8601, empty cells are "".
    """
    check_package(path, "xl/workbook.xml", "Excel")
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            if rows := workbook.get_sheet_by_name(name).to_python(skip_empty_area=False):
                return tuple(tuple(map(_cell, row)) for row in rows)
    except CalamineError as error:
        raise damaged_file(path.name) from error
    return ()


def _cell(value: _Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)
