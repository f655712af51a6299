"""The forms of a time."""

from datetime import UTC, datetime

import pytest

from qualcoder_sm.importers.posts.times import TimeReader

MOMENT = datetime(2018, 10, 10, 20, 19, 24, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2018-10-10T20:19:24Z",
        "2018-10-10T21:19:24+01:00",
        "2018-10-10 20:19:24",
        "2018-10-10 20:19:24 UTC",
        "Wed Oct 10 20:19:24 +0000 2018",
        "Wed, 10 Oct 2018 20:19:24 +0000",
        "1539202764",
        "1539202764.0",
        "1539202764000",
        "1539202764000000",
    ],
)
def test_a_time_is_read_into_utc(text):
    assert TimeReader([], "UTC").read(text) == MOMENT


def test_a_day_alone_is_its_midnight():
    assert TimeReader([], "UTC").read("2018-10-10") == datetime(2018, 10, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("other", "expected"),
    [("25/12/2024", datetime(2024, 4, 3, 5, 6, tzinfo=UTC)),
     ("12/25/2024", datetime(2024, 3, 4, 5, 6, tzinfo=UTC)),
     ("01/01/2024", None)],
)  # fmt: skip
def test_other_rows_tell_whether_the_day_comes_first(other, expected):
    column = ["03/04/2024 05:06", other]
    assert TimeReader(column, "UTC").read(column[0]) == expected


@pytest.mark.parametrize("text", ["2 h", "yesterday", "2024-13-01", "31/31/2024"])
def test_what_is_no_time_is_none(text):
    reader = TimeReader([text], "UTC")
    assert reader.read(text) is None
