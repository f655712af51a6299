"""What a csv file says of its columns and rows; and whole files, to the last character."""

import csv
import json
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from qualcoder_sm import exporters
from qualcoder_sm.exporters import Document, zones
from qualcoder_sm.exporters.zones import Zone
from qualcoder_sm.table import Column, ColumnType, Table

GOLDEN = Path(__file__).parent / "golden"
GUIDS = [f"{digit * 8}-5263-5f4b-ae29-d392914dee26" for digit in "12"]
LONDON = Zone("Europe/London", ZoneInfo("Europe/London"))
TABLE = Table(
    key="segments",
    title="[SYNTHETIC] A small table",
    columns=(
        Column("source"),
        Column("words", ColumnType.LONG_TEXT),
        Column("n", ColumnType.INTEGER, "codings"),
        Column("codings", ColumnType.INTEGER, "codings"),
        Column("kappa", ColumnType.NUMBER),
        Column("share", ColumnType.PERCENT, "%"),
        Column("created", ColumnType.TIME, "UTC"),
        Column("color", ColumnType.COLOR),
        Column("code"),
    ),
    rows=(
        ("t1", "=I said, “yes”\nand & <no> 😀", 1, 1_234, 0.5, 66.6666, "2024-07-14T10:44:33Z",
         "#20304a", "A > B"),
        ("t1", "'quoted'\x0bthen", 0, 2, None, 0, None, "", "A > C"),
    ),
    notes=("A note.",),
    provenance={"project": "Study", "date": "2026-03-01", "head": "ab" * 32},
    guids={0: tuple(GUIDS), 8: (None, None)},
)  # fmt: skip


@pytest.fixture(autouse=True)
def a4(monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def written(tmp_path, ending, **more):
    path = tmp_path / f"a{ending}"
    exporters.write(Document("[SYNTHETIC] Study", (TABLE,), **more), path)
    return path


def test_heads_carry_the_unit_and_a_row_its_guid(tmp_path):
    with written(tmp_path, ".csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head == [
        "source", "words", "n (codings)", "codings", "kappa", "share (%)", "created (UTC)",
        "color", "code", "source guid", "project", "audit head",
    ]  # fmt: skip
    assert [row[9] for row in rows] == GUIDS


def test_json_has_the_same_columns_and_the_units_by_themselves(tmp_path):
    [found] = json.loads(written(tmp_path, ".json").read_text("utf-8"))
    assert [column["name"] for column in found["columns"]] == [c.name for c in TABLE.columns]
    assert found["columns"][2]["unit"] == "codings"
    assert found["guids"]["source"] == GUIDS


def test_files_for_programs_keep_times_in_utc(tmp_path):
    for ending in (".csv", ".json"):
        text = written(tmp_path, ending, zone=LONDON).read_text("utf-8")
        assert "2024-07-14T10:44:33Z" in text


@pytest.mark.parametrize(
    ("ending", "part"),
    [(".csv", ""), (".json", ""), (".docx", "word/document.xml"),
     (".xlsx", "xl/worksheets/sheet1.xml"), (".xlsx", "xl/worksheets/sheet2.xml")],
)  # fmt: skip
def test_the_whole_file_is_as_it_was(tmp_path, ending, part):
    """After a change that is meant, the new file takes the place of the old; look at it first."""
    path = written(tmp_path, ending, zone=LONDON)
    golden = GOLDEN / f"small{ending}{'.' if part else ''}{part.replace('/', '.')}"
    if part:
        with zipfile.ZipFile(path) as package:
            found = package.read(part)
    else:
        found = path.read_bytes()
    assert found.decode() == golden.read_bytes().decode()


def test_the_zone_here_has_a_name(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/London")
    assert zones.here().name == "Europe/London"
    monkeypatch.setenv("TZ", ":Etc/UTC")
    assert zones.here().name == "UTC"
    monkeypatch.delenv("TZ")
    monkeypatch.setattr(zones, "_linked", lambda: "")
    monkeypatch.setattr("time.tzname", ("GMT", "BST"))
    assert zones.here().name == "GMT/BST"


@pytest.mark.parametrize(
    ("written_as", "read"),
    [
        ("2024-03-14T10:44:33.5Z", "2024-03-14 10:44:33"),
        ("2024-07-14T12:44:33+02:00", "2024-07-14 11:44:33"),
        ("2024-07-14T10:44:33", "2024-07-14 10:44:33"),
        ("2024-07-14", "2024-07-14"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00"),
        ("soon", "soon"),
        (3_723, "1:02:03"),
        (None, "–"),
    ],
)
def test_a_time_is_told_by_the_clocks_of_the_zone_or_as_it_stands(written_as, read):
    from qualcoder_sm.exporters.cells import reader

    column = Column("when", ColumnType.TIME)
    assert reader(column, (), LONDON)(written_as) == read
