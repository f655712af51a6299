from PySide6.QtCore import Qt

from qualcoder_sm.table import Column, ColumnType, Table
from qualcoder_sm.ui.table_model import TableModel, coefficient

TABLE = Table(
    "t",
    "A table",
    (
        Column("code"),
        Column("codings", ColumnType.INTEGER, "codings"),
        Column("alpha", ColumnType.NUMBER),
        Column("agreement", ColumnType.PERCENT, "%"),
        Column("when", ColumnType.TIME, "UTC"),
        Column("colour", ColumnType.COLOR),
    ),
    (
        ("Reciprocity", 12345, 0.7912, 93.71, "2024-03-12T13:51:07.000001Z", "#0072B2"),
        ("Equality\nand more", None, -0.05, None, "soon", ""),
    ),
)


def shown(model: TableModel, row: int) -> list[object]:
    return [model.index(row, column).data() for column in range(model.columnCount())]


def test_the_model_keeps_the_rules_of_qt(qtmodeltester):
    model = TableModel()
    model.set_table(TABLE)
    qtmodeltester.check(model)


def test_cells_are_worded_by_the_type_of_their_column():
    model = TableModel()
    model.set_table(TABLE)
    assert shown(model, 0) == [
        "Reciprocity", "12,345", ".79", "93.7", "2024-03-12 13:51", "#0072B2"]  # fmt: skip


def test_a_value_that_does_not_exist_is_a_dash_and_never_a_zero():
    model = TableModel()
    model.set_table(TABLE)
    assert shown(model, 1) == ["Equality and more", "–", "−.05", "–", "soon", ""]


def test_heads_name_the_unit_of_their_numbers():
    model = TableModel()
    model.set_table(TABLE)
    heads = [model.headerData(c, Qt.Orientation.Horizontal) for c in range(5)]
    assert heads == ["code", "codings", "alpha", "agreement, %", "when (UTC)"]


def test_numbers_stand_at_the_right():
    model = TableModel()
    model.set_table(TABLE)
    align = model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert Qt.AlignmentFlag(align) & Qt.AlignmentFlag.AlignRight


def test_a_limit_shows_only_the_first_rows():
    model = TableModel(limit=1)
    model.set_table(TABLE)
    assert model.rowCount() == 1


def test_coefficients_have_no_leading_zero():
    values = (0.79, 1.0, 0.0, -0.004, None)
    assert [coefficient(value) for value in values] == [".79", "1.00", ".00", ".00", "–"]
