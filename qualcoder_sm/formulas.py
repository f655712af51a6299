"""Texts that a spreadsheet program would take for a formula, and the apostrophe that keeps it from it."""

import re

# With the full-width forms, which some spreadsheet programs read as the plain ones.
_LIKE_A_FORMULA = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")


def guarded(text: str) -> str:
    """The text with one more apostrophe in front where it would be calculated, or looks guarded."""
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def recovered(text: str) -> str:
    """The text that `guarded` wrote."""
    return text[1:] if text.startswith("'") and _LIKE_A_FORMULA.match(text[1:]) else text
