"""The text pane: the reading view kept in step with the project, and where each text was left."""

from PySide6.QtCore import QObject, Signal

from qualcoder_sm.model import Change, Source, Unit
from qualcoder_sm.ui import key_table
from qualcoder_sm.ui.actions import usual_keys
from qualcoder_sm.ui.context import Context
from qualcoder_sm.ui.panels.followed import is_long
from qualcoder_sm.ui.panels.inspector_codings import initials
from qualcoder_sm.ui.panels.inspector_links import link_marks
from qualcoder_sm.ui.reading import CodeLook, Family, Mode, Numbers, ReadingView, SourceContent
from qualcoder_sm.ui.requests import Place
from qualcoder_sm.ui.settings_view import motion_wanted, zoom_of
from qualcoder_sm.ui.sight import Sight

_ONE_BY_ONE = 20


class TextFeed(QObject):
    """Feeds one reading view: source, codes, codings, coders, type and theme."""

    shown = Signal(object)
    """The `Source` that is shown now."""

    def __init__(
        self, context: Context, sight: Sight, view: ReadingView, left: dict[str, tuple[int, int]]
    ) -> None:
        """`left` holds where each source was left, by guid; it is kept up to date."""
        super().__init__(view)
        self._context, self._sight, self._view, self._left = context, sight, view, left
        self.source: Source | None = None
        self.units: list[Unit] = []
        context.bridge.changed.connect(self._follow)
        context.theme.changed.connect(self._set_theme)
        context.preferences.changed.connect(self._set_style)
        sight.changed.connect(self._set_coders)
        sight.codes.changed.connect(self._set_filter)
        self._set_theme()
        self._set_style()
        self._set_codes()
        self._set_coders()

    def show(self, place: Place) -> None:
        """Show a source at a place; a span of 0, 0 is where it was left, or is read now."""
        here = self.source is not None and place.source == self.source.guid
        if not here:
            self._leave()
            self._load(place.source)
        start, end = place.start, place.end
        if start == end == 0 and not here:
            start, end = self._left.get(place.source, (0, 0))
        if end:
            self._view.jump_to(start, end)

    def forget(self, source: str) -> None:
        """A source is closed."""
        self._left.pop(source, None)
        if self.source and self.source.guid == source:
            self.source, self.units = None, []

    def place_of(self, source: str) -> Place:
        """Where a source was left, or is read now."""
        here = self.source is not None and self.source.guid == source
        start, end = self._view.selection() if here else self._left.get(source, (0, 0))
        return Place(source, start, end)

    def as_it_is(self, unit: Unit | None) -> Unit | None:
        """A unit of the view as the project knows it now; its quote rule may have changed."""
        return next((one for one in self.units if unit and one.guid == unit.guid), unit)

    def _leave(self) -> None:
        if self.source:
            self._left[self.source.guid] = self._view.selection()

    def _load(self, guid: str) -> None:
        sources = self._context.project.sources
        source = sources.get(guid)
        self.units = sources.units(guid)
        content = SourceContent(guid, sources.text(guid), self.units, source.kind, source.name)
        self.source = source
        self._view.show_source(content)
        self._view.set_codings(self._context.project.codings.of_source(guid))
        self._set_links()
        self.shown.emit(source)

    def _follow(self, change: Change) -> None:
        if change.touches("codes"):
            self._set_codes()
        if change.touches("coders"):
            self._set_coders()
        if self.source and change.touches("codings"):
            self._follow_codings(change, self.source.guid)
        if self.source and change.touches("coding_links", "codes"):
            self._set_links()
        if self.source and change.touches("units"):
            self.units = self._context.project.sources.units(self.source.guid)
        if self.source and change.touches("sources"):
            self._follow_source(self.source.guid)
        if self.source and change.touches("people"):
            self._follow_people(self.source.guid)

    def _follow_source(self, guid: str) -> None:
        known = self._context.project.sources.known(guid)
        if known is None or self.source is None or known == self.source:
            return
        if known.sha256 != self.source.sha256:
            self._reload(guid)
        self.source = known
        self.shown.emit(self.source)

    def _follow_people(self, guid: str) -> None:
        if self._context.project.sources.units(guid) != self.units:
            self._reload(guid)

    def _reload(self, guid: str) -> None:
        """Text or speakers are others now: show them where the old ones were."""
        place = self._view.selection()
        self._load(guid)
        end = len(self._context.project.sources.text(guid))
        self._view.jump_to(min(place[0], end), min(place[1], end))

    def _follow_codings(self, change: Change, source: str) -> None:
        codings = self._context.project.codings
        if is_long(change):
            self._view.set_codings(codings.of_source(source))
            return
        stays = {
            row.guid: row.after is not None
            for row in change.rows
            if row.table == "codings" and source in _sources(row.before, row.after)
        }
        if len(stays) > _ONE_BY_ONE:
            self._view.set_codings(codings.of_source(source))
        else:
            for guid, there in stays.items():
                if there:
                    self._view.replace_coding(codings.get(guid))
                else:
                    self._view.remove_coding(guid)
        made = [row.guid for row in change.rows if row.guid in stays and row.before is None]
        for guid in made[-1:]:
            self._view.choose(guid)

    def _set_codes(self) -> None:
        codebook = self._context.project.codebook
        paths = codebook.paths()
        looks = {
            code.guid: CodeLook(code.name, code.color, paths[code.guid])
            for code in codebook.codes()
        }
        self._view.set_codes(looks)
        self._set_filter()

    def _set_coders(self) -> None:
        names = {coder.guid: initials(coder.name) for coder in self._context.project.coders.all()}
        self._set_links()
        self._view.set_coders(self._sight.coder.guid, names, self._sight.seen)

    def _set_filter(self) -> None:
        self._view.set_filter(self._sight.codes.shown())
        self._view.set_marked(self._sight.codes.marked())

    def _set_links(self) -> None:
        if self.source is None:
            return
        project, seen = self._context.project, self._sight
        links = [
            link
            for link in project.links.all()
            if (link.coder == seen.coder.guid or seen.sees(link.coder))
            and (self._view.coding(link.origin) or self._view.coding(link.target))
        ]
        self._view.set_links(link_marks(project, links, self._view.coding))

    def _set_style(self) -> None:
        settings = self._context.preferences.settings
        family = Family.SERIF if settings.serif else Family.SANS
        spacing = settings.line_spacing / 100
        self._view.set_reading_style(zoom_of(settings), settings.measure, family, spacing)
        self._view.set_mode(Mode(settings.mode))
        self._view.set_numbers(Numbers(settings.numbers))
        self._view.set_gliding(settings.motion and motion_wanted())
        self._view.set_single_keys(settings.single_keys)
        self._view.set_keys(key_table.in_use(usual_keys(), settings.shortcuts))

    def _set_theme(self) -> None:
        self._view.set_theme(self._context.theme.theme)


def _sources(*rows: dict[str, object] | None) -> set[object]:
    return {row["source"] for row in rows if row}
