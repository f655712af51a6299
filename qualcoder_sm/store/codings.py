"""Codings: what is counted of all of them, as rows of plain SQL."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row

Rows = Sequence[Row[*tuple[Any, ...]]]

_PLACES = "SELECT source, code, coder FROM codings"
_CODES = (
    "SELECT coder, code, COUNT(*), COUNT(DISTINCT source) FROM codings GROUP BY code, coder UNION ALL "
    "SELECT NULL, code, COUNT(*), COUNT(DISTINCT source) FROM codings GROUP BY code"
)


def places(connection: Connection) -> Rows:
    """Source, code and coder (guids) of each coding, in no order."""
    return connection.exec_driver_sql(_PLACES).fetchall()


def numbers_of_codes(connection: Connection) -> Rows:
    """Coder, code, number of codings and of sources that hold one; coder None: of all coders."""
    return connection.exec_driver_sql(_CODES).fetchall()
