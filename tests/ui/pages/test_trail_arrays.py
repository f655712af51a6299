from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualcoder_sm.project.steps import STEPS
from qualcoder_sm.ui.pages.trail import Trail, Wanted, filtered

ACTIONS = tuple(STEPS)
STEPS_OF = st.lists(
    st.tuples(
        st.integers(0, 2), st.integers(0, len(ACTIONS) - 1), st.integers(0, 3), st.booleans()
    ),
    max_size=40,
)


def trail_of(steps: list[tuple[int, int, int, bool]]) -> Trail:
    days = np.sort(np.array([day for _, _, day, _ in steps], dtype=np.int32)) + 738_000
    columns = [np.array([step[i] for step in steps], dtype=np.int32) for i in (0, 1, 3)]
    seq = np.arange(1, len(steps) + 1, dtype=np.int32)
    return Trail(("Ana", "Ben", "Cleo"), ACTIONS, seq, columns[0], columns[1], days, columns[2])


def everything(**but: object) -> Wanted:
    subjects = frozenset(step.subject for step in STEPS.values())
    chosen = {"coders": frozenset({"Ana", "Ben", "Cleo"}), "subjects": subjects} | but
    return Wanted(**chosen)


@given(STEPS_OF)
def test_without_filters_every_step_is_there_once_newest_first(steps):
    shown = filtered(trail_of(steps), everything())
    assert [n for n in shown.seq.tolist() if n] == list(range(len(steps), 0, -1))


@given(STEPS_OF)
def test_every_day_has_one_head_that_counts_its_steps(steps):
    trail = trail_of(steps)
    shown = filtered(trail, everything())
    heads = shown.seq == 0
    assert sorted(shown.day[heads].tolist()) == sorted(set(trail.day.tolist()))
    assert shown.count[heads].sum() == len(steps)
    assert not shown.count[~heads].any()


@given(STEPS_OF, st.sampled_from(["Ana", "Ben", "Cleo"]))
def test_the_steps_of_one_coder_are_those_counted_for_her(steps, coder):
    trail = trail_of(steps)
    assert filtered(trail, everything(coders=frozenset({coder}))).steps == trail.by_coder()[coder]


def test_a_million_steps_are_filtered_in_the_blink_of_an_eye():
    n = 1_000_000
    numbers = np.arange(n, dtype=np.int32)
    trail = Trail(("Ana", "Ben"), ACTIONS, numbers + 1, numbers % 2, numbers % len(ACTIONS),
                  738_000 + numbers // 1000, numbers % 3 == 0)  # fmt: skip
    wanted = everything(coders=frozenset({"Ana"}), since=date.fromordinal(738_500))
    shown = filtered(trail, wanted)
    assert shown.steps == n // 4
    assert len(shown.seq) == n // 4 + 500
