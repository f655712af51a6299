"""What stands beside a turn of who speaks: only what tells something."""

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel

from qualcoder_sm.model import SourceKind, Unit, UnitKind
from qualcoder_sm.ui.panels.inspector_context import PostSection
from qualcoder_sm.ui.reading import SourceContent

TEXT = "Yes, I did.\nAnd nobody else."


def content(role: str, kind: SourceKind) -> SourceContent:
    post = kind is SourceKind.POSTS
    units = [
        Unit(f"u{n}", "s", n, start, end, UnitKind.POST if post else UnitKind.TURN,
             speaker="Kim", role=role, external_id=f"t-{n}" if post else "",
             at=datetime(2024, 1, 19, 22, 41, tzinfo=UTC) if post else None)
        for n, (start, end) in enumerate(((0, 11), (12, 28)))
    ]  # fmt: skip
    return SourceContent("s", TEXT, tuple(units), kind, "Interview")


@pytest.mark.parametrize("kind", [SourceKind.TRANSCRIPT, SourceKind.POSTS])
def test_a_plain_participant_looks_like_somebody_of_whom_nothing_is_said(opened, kind):
    plain = opened(content("", kind)).grab().toImage()
    assert opened(content("participant", kind)).grab().toImage() == plain


@pytest.mark.parametrize("kind", [SourceKind.TRANSCRIPT, SourceKind.POSTS])
@pytest.mark.parametrize("role", ["other", "chair of the group"])
def test_any_other_role_is_shown(opened, kind, role):
    plain = opened(content("participant", kind)).grab().toImage()
    assert opened(content(role, kind)).grab().toImage() != plain


def test_a_role_below_a_turn_of_one_line_has_room(opened):
    plain, told = (opened(content(role, SourceKind.TRANSCRIPT)) for role in ("", "other"))
    assert told.rect_of(12, 13)[0].top() > plain.rect_of(12, 13)[0].top()


@pytest.mark.parametrize(("role", "told"), [("participant", "Kim"), ("other", "Kim, other")])
def test_the_inspector_tells_a_role_that_says_something(qtbot, role, told):
    section = PostSection()
    qtbot.addWidget(section)
    section.show_post(content(role, SourceKind.POSTS).units[0], None)
    assert told in [label.text() for label in section.findChildren(QLabel)]
