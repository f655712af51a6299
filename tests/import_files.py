"""Files to import: posts of a group, and a transcript."""

import csv
from pathlib import Path

import docx

HEADERS = (
    "post_id",
    "thread_id",
    "reply_to",
    "member",
    "posted_at",
    "text",
    "likes",
    "removed",
    "odd",
)
POSTS = (
    (
        "1",
        "T1",
        "",
        "Isobel T.",
        "2024-01-19T22:41Z",
        "[SYNTHETIC] Has anyone a spoon?",
        "6",
        "",
        "x",
    ),
    ("2", "T1", "1", "Farida K.", "2024-01-19T22:58Z", "Ask Isobel T. about hers.", "2", "", "x"),
    ("2", "T1", "1", "Farida K.", "2024-01-19T22:58Z", "Ask Isobel T. about hers.", "2", "", "x"),
    ("3", "T2", "99", "Wullie B.", "2024-01-20 09:15", "Pinned, with a photograph.", "", "", "x"),
    ("4", "T2", "3", "Isobel T.", "2024-01-20T09:16Z", "Gone.", "", "yes", "x"),
)


def posts_file(folder: Path) -> Path:
    path = folder / "S01_posts.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows((HEADERS, *POSTS))
    return path


def transcript(folder: Path, name: str = "P01.docx") -> Path:
    document = docx.Document()
    for line in ("INT: [SYNTHETIC] How are you?", "P1: Tired.", "INT: Why?", "P1: The nights."):
        document.add_paragraph(line)
    document.save(str(folder / name))
    return folder / name
