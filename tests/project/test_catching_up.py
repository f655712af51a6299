"""Whoever has a project open for reading follows the steps that another program writes."""

from contextlib import closing

import pytest
from builders import add_text, coded

from qualcoder_sm.project.project import Project
from qualcoder_sm.ui.bridge import ProjectBridge


@pytest.fixture
def writer(tmp_path):
    project = coded(tmp_path, "I was [tired]{Fatigue} and alone")
    yield project
    project.close()


def test_steps_of_another_connection_are_told_in_order_with_their_rows(writer):
    with closing(Project.open(writer.path, read_only=True)) as reader:
        heard = []
        reader.subscribe(heard.append)
        assert reader.catch_up() == 0
        assert reader.codebook.counts() == writer.codebook.counts()
        [source] = writer.sources.all()
        writer.codings.apply(writer.codebook.codes()[0].guid, source.guid, 0, 1)
        add_text(writer, "other", "words")
        assert reader.catch_up() == 2
        assert [(one.seq, one.action) for one in heard] == [
            (writer.head()[0] - 1, "coding.apply"), (writer.head()[0], "source.import")
        ]  # fmt: skip
        assert heard[0].touches("codings") and not heard[0].touches("sources")
        assert [row.table for row in heard[1].rows] == ["sources", "units"]
        assert reader.codebook.counts() == writer.codebook.counts()
        assert {one.name for one in reader.sources.all()} == {"Interview", "other"}
        assert reader.catch_up() == 0
    assert writer.catch_up() == 0


def test_a_window_open_for_reading_looks_now_and_then(qtbot, writer):
    with closing(Project.open(writer.path, read_only=True)) as reader:
        bridge = ProjectBridge(reader)
        writer.codebook.add("New")
        with qtbot.waitSignal(bridge.changed, timeout=10_000) as told:
            pass
        assert told.args[0].action == "code.add"
