"""Measures of the page: fonts, line pitch and the columns that share the view's width."""

from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontMetricsF

from qualcoder_sm.model import SourceKind
from qualcoder_sm.ui.reading.content import Family
from qualcoder_sm.ui.theme import READING_SERIF, Theme, sized_font, ui_families

READING_PIXELS = 17
PITCH = 28 / 17
SAMPLE = "It was late at night, so we wrote to all of them, and by the morning each of us had an answer. "
NARROWEST, WIDEST = 60, 80
MEASURE = 66
TIGHTEST, LOOSEST = 0.85, 1.5

EDGE, GUTTER, STRIPE_GAP, LANE, LANES, NARROW_LANE = 16, 20, 16, 9, 4, 6
MARGIN, NARROW_MARGIN, POST_MARGIN = 84, 72, 136
NAMES, FEWEST_NAMES, MOST_NAMES, NAMES_GAP, INDENT = 124, 84, 190, 5, 24
SHORTER_TEXT, SHORTER_POSTS = 496 / 524, 488 / 524
LEAST_TEXT, LEAST_SHARE = 160, 0.9


@dataclass(frozen=True, slots=True)
class ReadingStyle:
    """What the researcher set for the text; a zoom and a spacing of 1.0 are usual."""

    zoom: float = 1.0
    measure: int = MEASURE
    family: Family = Family.SERIF
    spacing: float = 1.0


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the columns stand, in pixels of the viewport; a width of 0 means: not shown."""

    margin: int
    margin_width: int
    text: int
    text_width: int
    lanes: int
    lanes_width: int
    names: int
    names_width: int


def columns(width: int, text: int, margin: int = MARGIN, ui_scale: float = 1.0) -> Columns:
    """Share out a width: names give way first, then margin and text, then the stripes.

    `text` is the width wanted for the text; it is never wider. `margin` grows with the type of
    the window, whose names stand in it.
    """
    lanes, narrow = LANE * LANES, round(min(margin, NARROW_MARGIN) * ui_scale)
    margin = round(margin * ui_scale)
    fixed = EDGE + GUTTER + STRIPE_GAP + lanes
    shorter = round(text * SHORTER_TEXT)
    spare = width - fixed - NAMES_GAP
    if spare >= margin + text + FEWEST_NAMES:
        names = min(MOST_NAMES, max(FEWEST_NAMES, spare - margin - text))
        return _placed(width, margin, text, lanes, names)
    if spare >= narrow + shorter + FEWEST_NAMES:
        return _placed(width, narrow, spare - narrow - FEWEST_NAMES, lanes, FEWEST_NAMES)
    if width - fixed >= narrow + shorter * LEAST_SHARE:
        return _placed(width, narrow, min(text, width - fixed - narrow), lanes, 0)
    rest = width - 2 * EDGE - GUTTER - narrow
    return _placed(width, narrow, max(LEAST_TEXT, min(text, rest)), 0, 0)


def _placed(width: int, margin: int, text: int, lanes: int, names: int) -> Columns:
    beside = (STRIPE_GAP + lanes if lanes else EDGE) + (NAMES_GAP + names if names else 0)
    spare = width - (EDGE + margin + GUTTER + text + beside)
    left = EDGE + max(0, spare // 2)
    text_left = left + margin + GUTTER
    lanes_left = text_left + text + STRIPE_GAP
    return Columns(
        margin=left,
        margin_width=margin,
        text=text_left,
        text_width=text,
        lanes=lanes_left,
        lanes_width=lanes,
        names=lanes_left + lanes + NAMES_GAP,
        names_width=names,
    )


class Metrics:
    """Fonts and distances for one theme, style and width. Cheap to make, never changed."""

    def __init__(self, theme: Theme, style: ReadingStyle, width: int, kind: SourceKind) -> None:
        pixels = READING_PIXELS * style.zoom
        families = READING_SERIF if style.family is Family.SERIF else ui_families()
        self.body = sized_font(families, pixels)
        self.heading = sized_font(families, pixels, bold=True)
        self.quiet = sized_font(families, pixels - style.zoom)
        self.name_font = theme.font(12, bold=True)
        self.plain_name_font = theme.font(12)
        self.small_font = theme.font(11)
        self.small_bold_font = theme.font(11, bold=True)
        self.meta_font = theme.font(12)
        self.posts = kind is SourceKind.POSTS
        self._measure_type(pixels * style.spacing, theme.ui_scale)
        self._share_width(width, style.measure, theme.ui_scale)

    def _measure_type(self, spaced: float, ui_scale: float) -> None:
        """`spaced` are the pixels of the type, times the spacing of lines."""
        body = QFontMetricsF(self.body)
        self.pitch = max(round(spaced * PITCH), round(body.height()))
        self.baseline = round((self.pitch - body.height()) / 2 + body.ascent() - 1)
        self.character = body.horizontalAdvance(SAMPLE) / len(SAMPLE)
        self.meta_height = round(24 * ui_scale) if self.posts else 0
        self.small_line = round(16 * ui_scale)
        self.unit_gap = round(self.pitch * 13 / 28) + (4 if self.posts else 0)
        self.gaps = (0, round(self.pitch / 3), self.unit_gap)
        self.least_unit = round(12 * ui_scale) + self.pitch

    def _share_width(self, width: int, measure: int, ui_scale: float) -> None:
        wanted = round(measure * self.character)
        if self.posts:
            wanted = round(wanted * SHORTER_POSTS)
        margin = POST_MARGIN if self.posts else MARGIN
        self.columns = columns(width, wanted, margin, ui_scale)
        per_line = max(8.0, self.columns.text_width / self.character - 2)
        self.characters_in_line = per_line

    def font_of(self, *, quiet: bool, heading: bool) -> QFont:
        """The font of a paragraph: quieter for an interviewer, bold for a heading."""
        if heading:
            return self.heading
        return self.quiet if quiet else self.body

    def text_width(self, indent: int) -> int:
        """The width of a paragraph that is set in by this many steps."""
        return max(LEAST_TEXT, self.columns.text_width - indent * INDENT)
