"""What the demonstration study's files say, read without any of the program's importers."""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILES = ROOT / "resources" / "demo"
TEXTS = ROOT / "packaging" / "demo_texts"
INTERVIEWS = ("P01", "P06", "P11", "P16", "P19", "P20")
SPACES = ("S01", "S05", "S07")
LABELLED = re.compile(r"(?:(?:\[\d\d:\d\d:\d\d\] )?(INT|P\d\d): )?(.*)")


@dataclass(frozen=True)
class Place:
    """Where a coding stands: in an interview (`post` is empty), or in a post of a thread."""

    source: str
    post: str
    start: int
    end: int


def rows(name: str) -> list[dict[str, str]]:
    with (FILES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def plain(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_bytes().decode("utf-8")


@cache
def stored(interview: str) -> str:
    """The words of an interview, a paragraph or turn a line, without labels and times."""
    return "\n".join(words for _label, words in paragraphs(interview))


def paragraphs(interview: str) -> list[tuple[str, str]]:
    """Label (empty above the first turn) and words of each."""
    lines = [line for line in plain(interview).split("\n") if line]
    return [LABELLED.fullmatch(line).groups("") for line in lines]


@cache
def posts() -> dict[str, dict[str, dict[str, str]]]:
    """Thread -> post -> row, in the order of the files."""
    threads: dict[str, dict[str, dict[str, str]]] = {}
    for space in SPACES:
        for row in rows(f"{space}.csv"):
            threads.setdefault(row["thread_id"], {})[row["post_id"]] = row
    return threads


def place(coding: dict[str, str]) -> Place:
    source = coding["source"].rpartition("/")[2]
    pieces = {"": stored(source)} if source in INTERVIEWS else {
        post: row["text"] for post, row in posts()[source].items()
    }  # fmt: skip
    words = re.compile(f"(?={re.escape(coding['quote'])})")
    found = [(post, hit.start()) for post, text in pieces.items() for hit in words.finditer(text)]
    post, start = found[int(coding["occurrence"]) - 1]
    return Place(source, post, start, start + len(coding["quote"]))


def turns(interview: str) -> dict[int, str]:
    """The participant's turns, by where they begin in the stored text."""
    found, at = {}, 0
    for label, words in paragraphs(interview):
        if label == interview:
            found[at] = words
        at += len(words) + 1
    return found
