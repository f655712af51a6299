"""Which texts were open last time, where each was left, and which stood side by side."""

from collections.abc import Callable

from qualcoder_sm.model import Progress
from qualcoder_sm.project.project import Project
from qualcoder_sm.ui import geometry
from qualcoder_sm.ui.pages.texts import Texts
from qualcoder_sm.ui.panels.head import SourceTabs
from qualcoder_sm.ui.requests import Place

Open = Callable[[Place], None]


def restore(project: Project, texts: Texts, tabs: SourceTabs, open_text: Open) -> None:
    """Open what was open last time; else the first text in progress, or the first of all."""
    sources = project.sources.all()
    known = {source.guid for source in sources}
    for place in geometry.session(project.guid):
        if place.source in known:
            open_text(place)
    if sources and not tabs.count():
        progress = project.progress.of_coder(project.coder.guid)
        begun = [one for one in sources if progress.get(one.guid) is Progress.IN_PROGRESS]
        open_text(Place((begun or sources)[0].guid, 0, 0))
    beside = geometry.beside(project.guid)
    if len(beside) > 1 and all(place.source in known for place in beside):
        open_text(beside[0])
        texts.set_beside(True)
        open_text(beside[1])


def keep(project: Project, texts: Texts, tabs: SourceTabs) -> None:
    """Remember what is open and where."""
    shown = [place for pane in texts.panes() if (place := pane.place())]
    now = {place.source: place for place in shown}
    guids = [guid for guid in tabs.guids() if guid != tabs.current()]
    guids += [tabs.current()] if tabs.current() else []
    places = [now.get(guid) or texts.current.feed.place_of(guid) for guid in guids]
    geometry.keep_session(project.guid, places)
    geometry.keep_beside(project.guid, shown if len(shown) > 1 else ())
