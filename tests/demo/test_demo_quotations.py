"""No word of what may only be paraphrased, or not be quoted, is published from the demonstration."""

import re
from pathlib import Path

import demo_truth as truth
import docx
import pytest

from qualcoder_sm import exporters
from qualcoder_sm.exporters.documents import document
from qualcoder_sm.project.project import Project
from qualcoder_sm.reports import segments
from qualcoder_sm.reports.options import Options


@pytest.fixture(scope="module")
def printed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The words of the quotations as they stand in the Word file."""
    target = tmp_path_factory.mktemp("word") / "quotations.docx"
    project = Project.open(built, read_only=True)
    exporters.write(document(project, ("quotations",), Options()), target)
    project.close()
    paragraphs = docx.Document(str(target)).paragraphs
    return "\n".join(p.text for p in paragraphs if p.style.name in ("Quote", "Quote source"))


def words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]{3,}", text.casefold()))


def allowed_and_kept() -> tuple[list[str], list[str]]:
    """The quoted words of the tables of codings: those of a rule that allows them, and the rest."""
    posts = truth.posts()
    consents = {row["case_id"]: row["consent_quote"] for row in truth.rows("cases.csv")}
    sides: tuple[list[str], list[str]] = ([], [])
    for row in truth.rows("codings.csv"):
        place = truth.place(row)
        in_post = posts[place.source][place.post]["quote_rule"] if place.post else ""
        rule = in_post or consents[place.source]
        sides[0 if rule.startswith("verbatim") else 1].append(row["quote"])
    return sides


def test_no_distinctive_word_of_them_stands_in_the_word_file(printed: str):
    allowed, kept = allowed_and_kept()
    assert len(kept) > 200
    distinctive = {one for text in kept for one in words(text)} - {
        one for text in allowed for one in words(text)
    }
    distinctive -= words("to be paraphrased not quoted withdrawn post turn ana ben")
    assert len(distinctive) > 400
    assert sorted(distinctive & words(printed)) == []


def test_what_may_be_quoted_stands_there_word_for_word(printed: str):
    flat = " ".join(printed.split())
    allowed, _kept = allowed_and_kept()
    assert [text for text in allowed if " ".join(text.split()) not in flat] == []


def test_the_note_counts_each_way(study: Project):
    [note] = segments.quotations(study, Options()).notes
    counts = dict.fromkeys(("word for word", "to be paraphrased", "withdrawn"), 0)
    for row in segments.quotations(study, Options()).rows:
        text = str(row[1])
        if text.startswith("[to be paraphrased: "):
            counts["to be paraphrased"] += 1
        else:
            counts["withdrawn" if text.startswith("[withdrawn: ") else "word for word"] += 1
    told = ", ".join(f"{n} {how}" for how, n in counts.items())
    assert note == f"{sum(counts.values())} quotations: {told}."
    assert all(counts.values())
