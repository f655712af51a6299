"""A few of what `make faults` tries with files that no step has written."""

import pytest

from faults import hostile

FEW = ("text", "codings", "frequencies", "verify", "check")


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    """A study, and what the commands rightly say of it."""
    folder = tmp_path_factory.mktemp("good")
    data = hostile.study(folder).read_bytes()
    return data, hostile.right_answers(data, folder, FEW)


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_each_command_refuses_in_a_sentence_or_answers_right(tmp_path, good, kind):
    data, right = good
    assert list(hostile.faults(hostile.KINDS[kind], data, right, tmp_path)) == []


def test_a_flipped_bit_of_what_says_something_is_found(tmp_path):
    assert hostile.run_flips(tmp_path, 25, 3)["wrong"] == []
