"""The look of the window: colours, fonts and style sheet for light and dark."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from qualcoder_sm.ui import colours
from qualcoder_sm.ui.style_sheet import style_sheet

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibilityHints, QStyleHints

T = TypeVar("T")

UI_FALLBACKS = ("Noto Sans", "DejaVu Sans")
READING_SERIF = (
    "Charter", "Iowan Old Style", "Sitka Text", "Noto Serif", "Georgia", "DejaVu Serif",
)  # fmt: skip
DIGESTS = ("Cascadia Mono", "SF Mono", "DejaVu Sans Mono")
UI_PIXELS = 13


@dataclass(frozen=True)
class Tokens(Generic[T]):
    """One value for each role a colour plays."""

    paper: T
    window: T
    panel: T
    raised: T
    hover: T
    border: T
    control: T
    text: T
    secondary: T
    muted: T
    accent: T
    accent_hover: T
    on_accent: T
    accent_tint: T
    selection: T
    focus: T
    danger: T
    danger_tint: T
    warning: T
    warning_tint: T
    success: T
    success_tint: T
    search: T


LIGHT_TOKENS = Tokens(
    paper="#FFFEFB",
    window="#F3F2EE",
    panel="#F9F8F5",
    raised="#FFFFFF",
    hover="#ECEBE6",
    border="#E1DFD8",
    control="#918E85",
    text="#1E2024",
    secondary="#4A4D54",
    muted="#65686F",
    accent="#3C4FA6",
    accent_hover="#2F3F8A",
    on_accent="#FFFFFF",
    accent_tint="#E4E8F6",
    selection="#C7D1F4",
    focus="#3C4FA6",
    danger="#B3261E",
    danger_tint="#FBE9E7",
    warning="#7A5200",
    warning_tint="#FBF1DC",
    success="#1F6B45",
    success_tint="#E3F2E9",
    search="#FFE9A3",
)
DARK_TOKENS = Tokens(
    paper="#1D1E21",
    window="#151618",
    panel="#191A1D",
    raised="#26272B",
    hover="#2A2C30",
    border="#313338",
    control="#70737B",
    text="#E6E3DB",
    secondary="#BDBBB4",
    muted="#9A9B9F",
    accent="#A4B2F7",
    accent_hover="#BCC6FA",
    on_accent="#15182B",
    accent_tint="#2B3152",
    selection="#3B4783",
    focus="#A4B2F7",
    danger="#FF9C92",
    danger_tint="#3D2220",
    warning="#E8BF6A",
    warning_tint="#3A301B",
    success="#86CFA6",
    success_tint="#1C3428",
    search="#6B5714",
)

_STRONG = 15
"""Contrast of text and paper from which a system's colours are used as they are."""
_GROUNDS = (
    "paper", "window", "panel", "raised", "on_accent", "danger_tint", "warning_tint",
    "success_tint",
)  # fmt: skip

_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.Base: "paper",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Button: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.Highlight: "accent_tint",
    QPalette.ColorRole.HighlightedText: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "border",
    QPalette.ColorRole.Dark: "control",
    QPalette.ColorRole.Shadow: "border",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "text",
}


class ThemeChoice(Enum):
    """What the researcher set: one of the three, or as the system has it."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True)
class Theme:
    """Everything that paints with colour or type takes it from here.

    `hex` holds "#RRGGBB" strings for style sheets, `color` the same as QColor. `ui_scale`
    is the size of the interface's type, 1.0 being 13 pixels. In a `plain` one codings have no
    tint, only lines: it is for those who need the most contrast.
    """

    dark: bool
    hex: Tokens[str]
    strengths: colours.Strengths
    ui_scale: float = 1.0
    plain: bool = False

    @cached_property
    def color(self) -> Tokens[QColor]:
        """The tokens as QColor."""
        return Tokens(*(QColor(getattr(self.hex, field.name)) for field in fields(Tokens)))

    def tint(self, code_colors: tuple[str, ...]) -> QColor:
        """The background of words that carry codes of these colours."""
        if self.plain:
            return self.color.paper
        return _qcolor(colours.highlight(code_colors, self.hex.paper, self.strengths))

    def dimmed_tint(self, code_colors: tuple[str, ...]) -> QColor:
        """The same at half strength, while another coding is looked at."""
        if self.plain:
            return self.color.paper
        full = colours.highlight(code_colors, self.hex.paper, self.strengths)
        return _qcolor(colours.blend(full, self.hex.paper, 0.5))

    def ink(self, code_color: str) -> QColor:
        """The code's colour for lines and outlines on the reading paper."""
        return _qcolor(colours.ink(code_color, self.hex.paper))

    def font(self, pixels: int = UI_PIXELS, *, bold: bool = False) -> QFont:
        """The system's font at this size, scaled as the researcher set the interface."""
        return _ui_font(max(1, round(pixels * self.ui_scale)), bold)

    def digest_font(self, pixels: int = 11) -> QFont:
        """A font of fixed width, for digests."""
        return sized_font(DIGESTS, round(pixels * self.ui_scale))

    def palette(self) -> QPalette:
        """The tokens as Qt's palette."""
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, getattr(self.color, token))
        for role in (
            QPalette.ColorRole.Text,
            QPalette.ColorRole.WindowText,
            QPalette.ColorRole.ButtonText,
        ):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color.muted)
        return palette

    def style_sheet(self) -> str:
        """The few rules a palette cannot say."""
        return style_sheet(self.hex)


LIGHT = Theme(dark=False, hex=LIGHT_TOKENS, strengths=colours.LIGHT_STRENGTHS)
DARK = Theme(dark=True, hex=DARK_TOKENS, strengths=colours.DARK_STRENGTHS)


def contrast_theme(palette: QPalette, ui_scale: float = 1.0) -> Theme:
    """The theme of most contrast, in the colours of the system where they are strong enough."""
    paper, text = (
        palette.color(role).name().upper()
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Text)
    )
    dark = colours.luminance(colours.rgb(paper)) < 0.5
    if colours.contrast(paper, text) < _STRONG:
        paper, text = ("#000000", "#FFFFFF") if dark else ("#FFFFFF", "#000000")
    found = palette.color(QPalette.ColorRole.Highlight).name().upper()
    accent = found if colours.contrast(found, paper) >= colours.LINE_CONTRAST + 1.5 else text
    ground, lit = dict.fromkeys(_GROUNDS, paper), colours.blend(text, paper, 0.3)
    tokens = dict.fromkeys((field.name for field in fields(Tokens)), text) | ground
    tokens |= dict.fromkeys(("selection", "search", "accent_tint", "hover"), lit)
    tokens |= dict.fromkeys(("accent", "accent_hover", "focus"), accent)
    base = DARK if dark else LIGHT
    return Theme(dark, Tokens(**tokens), base.strengths, ui_scale, plain=True)


def sized_font(families: Sequence[str], pixels: float, *, bold: bool = False) -> QFont:
    """A font from the first of these families that is there, unhinted so that zoom is smooth."""
    font = QFont(list(families))
    font.setPixelSize(max(1, round(pixels)))
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def ui_families() -> list[str]:
    """The system's font for interfaces, then what stands in for it."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    known = QFontDatabase.hasFamily(system)
    return [*([system] if known else []), *UI_FALLBACKS]


@lru_cache(maxsize=128)
def _ui_font(pixels: int, bold: bool) -> QFont:
    return sized_font(ui_families(), pixels, bold=bold)


@lru_cache(maxsize=8192)
def _qcolor(colour: str) -> QColor:
    return QColor(colour)


class ThemeManager(QObject):
    """Keeps the application in the theme that the researcher or the system chose.

    `changed` is emitted after palette, fonts and style sheet of the application were set.
    """

    changed = Signal()

    def __init__(self, app: QApplication, choice: ThemeChoice = ThemeChoice.SYSTEM) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._scale = 1.0
        self._system = app.palette()
        self.theme = LIGHT
        _draw_as_fusion(app)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)
        hints = _contrast_hints(app)
        if hints is not None:
            hints.contrastPreferenceChanged.connect(self._follow_system)
        self._apply()

    @property
    def choice(self) -> ThemeChoice:
        """What the researcher set."""
        return self._choice

    def set_choice(self, choice: ThemeChoice) -> None:
        """Use this theme from now on."""
        self._choice = choice
        self._apply()

    def set_ui_scale(self, scale: float) -> None:
        """Set the size of the interface's type; 1.0 is the usual size."""
        self._scale = scale
        self._apply()

    def _follow_system(self) -> None:
        if self._choice is ThemeChoice.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        if self._wants_contrast():
            theme = contrast_theme(self._system, self._scale)
        else:
            theme = theme_of(dark=self._wants_dark(), ui_scale=self._scale)
        self.theme = theme
        self._app.setPalette(theme.palette())
        self._app.setFont(theme.font())
        sheet = theme.style_sheet()
        if self._app.styleSheet() != sheet:  # every widget would be measured anew
            self._app.setStyleSheet(sheet)
        self.changed.emit()

    def _wants_contrast(self) -> bool:
        hints = _contrast_hints(self._app)
        if self._choice is not ThemeChoice.SYSTEM or hints is None:
            return self._choice is ThemeChoice.CONTRAST
        return hints.contrastPreference() is Qt.ContrastPreference.HighContrast

    def _wants_dark(self) -> bool:
        if self._choice is ThemeChoice.SYSTEM:
            return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._choice is ThemeChoice.DARK


def theme_of(*, dark: bool, ui_scale: float = 1.0) -> Theme:
    """The light or dark theme at this size of type."""
    base = DARK if dark else LIGHT
    return Theme(base.dark, base.hex, base.strengths, ui_scale)


def _contrast_hints(app: QApplication) -> "QAccessibilityHints | None":
    """What the system says of contrast; None before Qt 6.10, which cannot tell."""
    hints = _kept_hints(app)
    ask = getattr(hints, "accessibility", None)
    return ask() if ask is not None else None


@cache
def _draw_as_fusion(app: QApplication) -> None:
    """Once: a style sheet of the application hides which style is under it."""
    app.setStyle("Fusion")


@cache
def _kept_hints(app: QApplication) -> "QStyleHints":
    """The hints of the application: kept, for what they hand out dies with their wrapper."""
    return app.styleHints()
