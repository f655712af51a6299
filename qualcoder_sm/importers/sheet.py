"""The first filled sheet of a workbook as rows of text. Runs in the child process only."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

from qualcoder_sm.importers.extract import Extract
from qualcoder_sm.importers.office import check_package
from qualcoder_sm.importers.safety import damaged_file

# From here on a float leaves whole numbers out: of a longer id the last digits are lost.
_ROUNDED_FROM = 2**53

_Value = int | float | str | bool | time | date | datetime | timedelta


def read(path: Path) -> Extract:
    """All rows of the first sheet that has any, from its first row and column on.

    `rounded` of the result counts numbers of more digits than a workbook keeps.
    Whole numbers carry no decimal point, dates are ISO 8601, empty cells are "".
    """
    check_package(path, "xl/workbook.xml", "Excel")
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        workbook = CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            if rows := workbook.get_sheet_by_name(name).to_python(skip_empty_area=False):
                rounded = sum(_is_rounded(value) for row in rows for value in row)
                return Extract(rows=tuple(tuple(map(_cell, row)) for row in rows), rounded=rounded)
    except CalamineError as error:
        raise damaged_file(path.name) from error
    return Extract()


def _is_rounded(value: _Value) -> bool:
    return isinstance(value, int | float) and abs(value) > _ROUNDED_FROM


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
