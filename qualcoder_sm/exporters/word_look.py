"""The look of a Word document: its styles, table style, page and footer.

Everything is a named style, so that a researcher can restyle the whole in Word.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from qualcoder_sm.exporters import cells, paper
from qualcoder_sm.i18n import tr

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section as WordSection

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TABLE_STYLE = "ReportTable"
_INK, _MUTED, _ACCENT = "1E2024", "65686F", "3C4FA6"
_LINE, _TINT = "E1DFD8", "F3F2EE"
_SANS, _SERIF = "Calibri", "Georgia"
_MARGIN = 1_247  # twentieths of a point, as all lengths here
CELL_MARGIN = 80
TABLE_SIZE = 17
"""Of the letters in tables, in half points."""


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style; lengths in twentieths of a point, `size` in half points.

    `bar` draws a rule at the left, `keep` keeps it on the page of what follows, `verbatim`
    spares people's own words the spelling checker.
    """

    name: str
    size: int
    before: int = 0
    after: int = 0
    color: str = _INK
    font: str = _SANS
    bold: bool = False
    indent: int = 0
    hanging: int = 0
    keep: bool = False
    level: int | None = None
    align: str = ""
    bar: bool = False
    verbatim: bool = False

    def paragraph_xml(self) -> str:
        """Its paragraph properties, in the order the schema asks for."""
        bar = f'<w:left w:val="single" w:sz="12" w:space="10" w:color="{_ACCENT}"/>'
        return (
            f"<w:pPr {W}>"
            + ("<w:keepNext/>" if self.keep else "")
            + (f"<w:pBdr>{bar}</w:pBdr>" if self.bar else "")
            + f'<w:spacing w:before="{self.before}" w:after="{self.after}" w:line="264"'
            + f' w:lineRule="auto"/><w:ind w:left="{self.indent}" w:hanging="{self.hanging}"/>'
            + (f'<w:jc w:val="{self.align}"/>' if self.align else "")
            + ("" if self.level is None else f'<w:outlineLvl w:val="{self.level}"/>')
            + "</w:pPr>"
        )

    def run_xml(self) -> str:
        """Its run properties."""
        font = self.font
        return (
            f'<w:rPr {W}><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>'
            + ("<w:b/><w:bCs/>" if self.bold else '<w:b w:val="0"/><w:i w:val="0"/>')
            + ("<w:noProof/>" if self.verbatim else "")
            + f'<w:color w:val="{self.color}"/>'
            + f'<w:sz w:val="{self.size}"/><w:szCs w:val="{self.size}"/></w:rPr>'
        )


_STYLES = (
    _Style("Normal", 21, after=120),
    _Style("Title", 48, after=60, bold=True),
    _Style("Subtitle", 24, after=240, color=_MUTED),
    _Style("Heading 1", 34, before=480, after=120, bold=True, keep=True, level=0),
    _Style("Heading 2", 27, before=360, after=80, bold=True, color=_ACCENT, keep=True, level=1),
    _Style("Heading 3", 23, before=280, after=60, bold=True, keep=True, level=2),
    _Style("Heading 4", 21, before=240, after=60, bold=True, color=_MUTED, keep=True, level=3),
    _Style("Heading 5", 21, before=240, after=60, color=_MUTED, keep=True, level=4),
    _Style("Provenance", 18, color=_MUTED),
    _Style("Record", 20, before=200, after=40, bold=True, keep=True),
    _Style("Facts", 18, after=60, color=_MUTED),
    _Style("Entry", 20, after=60, indent=1_700, hanging=1_700),
    _Style("Definition", 19, after=120, color=_MUTED, keep=True),
    _Style(
        "Quote",
        21,
        before=200,
        after=40,
        font=_SERIF,
        indent=284,
        keep=True,
        bar=True,
        verbatim=True,
    ),
    _Style("Quote source", 17, after=40, color=_MUTED, indent=284),
    _Style("Quote memo", 18, after=40, indent=284),
    _Style("Caption", 20, before=240, after=80, bold=True, keep=True),
    _Style("Table head", TABLE_SIZE, bold=True, keep=True),
    _Style("Table head number", TABLE_SIZE, bold=True, keep=True, align="right"),
    _Style("Table spanner", TABLE_SIZE, bold=True, keep=True, align="center"),
    _Style("Table theme", TABLE_SIZE, bold=True, keep=True),
    _Style("Table above", TABLE_SIZE, color=_MUTED),
    _Style("Table text", TABLE_SIZE),
    _Style("Table number", TABLE_SIZE, align="right"),
    _Style("Table note", TABLE_SIZE, before=60, color=_MUTED),
    _Style("Footer", 15, color=_MUTED),
)
DEEPEST_HEADING = 5


def style_id(name: str) -> str:
    """The id by which XML refers to a style of this name."""
    return name.replace(" ", "")


def apply_styles(document: "WordDocument") -> None:
    """Give the template's styles our look, and add our own."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import parse_xml

    for style in _STYLES:
        if style.name not in document.styles:
            document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
        element = document.styles[style.name].element
        for old in (element.pPr, element.rPr):
            if old is not None:
                element.remove(old)
        element.append(parse_xml(style.paragraph_xml()))
        element.append(parse_xml(style.run_xml()))
    document.styles.element.append(parse_xml(_table_style()))


def _table_style() -> str:
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'
        for edge in ("top", "bottom", "insideH")
    )
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (
            ("top", 50),
            ("left", CELL_MARGIN),
            ("bottom", 50),
            ("right", CELL_MARGIN),
        )
    )
    return (
        f'<w:style {W} w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}">'
        '<w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="99"/>'
        f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders>"
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto"'
        f' w:fill="{_TINT}"/></w:tcPr></w:tblStylePr></w:style>'
    )


def text_width(*, landscape: bool) -> int:
    """The width of the text on a page, in twentieths of a point."""
    sheet = paper.usual()
    return (sheet.long if landscape else sheet.short) - 2 * _MARGIN


def set_page(section: "WordSection", *, landscape: bool) -> None:
    """Give the pages of a section the usual paper, upright or not, with our margins."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    sides = (paper.usual().short, paper.usual().long)
    width, height = reversed(sides) if landscape else sides
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(width), Twips(height)
    section.left_margin = section.right_margin = Twips(_MARGIN)
    section.top_margin = section.bottom_margin = Twips(_MARGIN)


def set_footer(section: "WordSection", origin: Mapping[str, str]) -> None:
    """Print project, date, page and the head of the audit trail below every page."""
    from docx.oxml import parse_xml

    told = [origin[key] for key in ("project", "date") if origin.get(key)]
    lines = [_footer_line(" · ".join([*told, tr("page")]), pages=True)]
    if head := origin.get("head"):
        lines.append(_footer_line(f"{cells.label('head')}: {head}"))
    footer = section.footer.part.element
    for paragraph in list(footer):
        footer.remove(paragraph)
    for line in lines:
        footer.append(parse_xml(line))


def _footer_line(text: str, *, pages: bool = False) -> str:
    field = '<w:fldSimple w:instr=" {} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    of = f'<w:r><w:t xml:space="preserve"> </w:t></w:r>{field.format("PAGE")}<w:r><w:t>/</w:t></w:r>{field.format("NUMPAGES")}'
    return (
        f'<w:p {W}><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t xml:space="preserve">'
        f"{escape(cells.one_line(text))}</w:t></w:r>{of if pages else ''}</w:p>"
    )
