"""Paragraphs of a Word document, as strings of XML.

Strings parsed at one go: adding paragraph after paragraph to the tree takes a hundred times
as long, and cell after cell longer still.
"""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

from qualcoder_sm.exporters import cells
from qualcoder_sm.exporters.word_look import style_id

_RIGHT_TO_LEFT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001eeff"
# Letters that run to the left, and what stands between them.
_RTL_RUN = re.compile(rf"([{_RIGHT_TO_LEFT}]+(?:[\W\d_]*[{_RIGHT_TO_LEFT}]+)*)")
_FIRST_LETTER = re.compile(r"[^\W\d_]")
_OPEN, _CLOSE = '<w:t xml:space="preserve">', "</w:t>"


def paragraph(text: str, style: str, *, lead: str = "", keep: bool = False, indent: int = 0) -> str:
    """A paragraph; newlines become line breaks, and text that runs to the left is told to.

    `lead` is XML of runs in front of the text; `keep` keeps the paragraph on the page of the next
    one; `indent` is in twentieths of a point.
    """
    text = cells.clean(text)
    right_to_left = _RTL_RUN.search(text) is not None
    runs = _runs(text) if right_to_left else run(text)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style_id(style)}"/>'
        + ("<w:keepNext/>" if keep else "")
        + ("<w:bidi/>" if right_to_left and _begins_right_to_left(text) else "")
        + (f'<w:ind w:left="{indent}"/>' if indent else "")
        + f"</w:pPr>{lead}{runs}</w:p>"
    )


def run(text: str, properties: str = "") -> str:
    """A run of clean text; tabs and newlines become those of Word."""
    inner = escape(text)
    inner = inner.replace("\n", f"{_CLOSE}<w:br/>{_OPEN}").replace("\t", f"{_CLOSE}<w:tab/>{_OPEN}")
    look = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{look}{_OPEN}{inner}{_CLOSE}</w:r>"


def caption(kind: str, number: int, title: str, *, again: bool = False) -> str:
    """A caption whose number Word counts itself, `again` or anew: "Table 1. Title"."""
    counting = "\\c" if again else "\\* ARABIC"
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    field = (
        mark.format("begin")
        + f'<w:r><w:instrText xml:space="preserve"> SEQ {kind} {counting} </w:instrText></w:r>'
        + mark.format("separate")
        + run(str(number))
        + mark.format("end")
    )
    return paragraph(f". {title}", "Caption", lead=run(f"{kind} ") + field)


def notes_below(notes: Sequence[str]) -> str:
    """The notes of a table, which stay together."""
    last = len(notes) - 1
    return "".join(paragraph(note, "Table note", keep=i < last) for i, note in enumerate(notes))


def _begins_right_to_left(text: str) -> bool:
    letter = _FIRST_LETTER.search(text)
    return letter is not None and _RTL_RUN.match(letter.group()) is not None


def _runs(text: str) -> str:
    """Splitting by a group: the pieces at odd places are those that matched."""
    pieces = enumerate(_RTL_RUN.split(text))
    return "".join(run(piece, "<w:rtl/>" if i % 2 else "") for i, piece in pieces if piece)
