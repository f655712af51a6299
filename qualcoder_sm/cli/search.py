"""`search`: words and patterns in the texts."""

from collections.abc import Iterable, Mapping
from typing import Annotated

import typer

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, Wide, command
from qualcoder_sm.cli.choices import Chosen, choosing
from qualcoder_sm.model import Source
from qualcoder_sm.project.passages import Hit
from qualcoder_sm.project.project import Project
from qualcoder_sm.project.search import SearchQuery, Within
from qualcoder_sm.reports.options import Choice

Query = Annotated[
    str,
    typer.Argument(
        metavar="QUERY",
        help='Words; "a phrase"; begin*; OR; NOT or -; NEAR(a b, 5); regex:PATTERN.',
    ),
]
Regex = Annotated[bool, typer.Option("--regex", help="Read QUERY as a regular expression.")]
Limit = Annotated[
    int | None, typer.Option("--limit", metavar="N", min=1, help="At most so many hits.")
]
Together = Annotated[
    Within, typer.Option("--within", help="Where several words have to stand together.")
]

_NARROWING = (Choice.CODE, Choice.SPEAKER, Choice.SOURCE, Choice.CASE, Choice.ATTRIBUTE)


@command
@choosing(_NARROWING)
def search(
    asked: Asked,
    project: ProjectFile,
    query: Query,
    chosen: Chosen,
    regex: Regex = False,
    within: Together = Within.UNIT,
    limit: Limit = None,
    as_json: AsJson = False,
    wide: Wide = False,
) -> None:
    """Look for words or patterns in the texts.

    Case and accents do not count. With --code only coded text is looked through.

    Example: qualcoder-sm search study.qsm 'tired OR "worn out" -joke' --speaker P01

    Example: qualcoder-sm search study.qsm 'NEAR(child* school, 8)' --code Equality --json
    """
    with asked.reading(project) as study:
        which = chosen.filter(study)
        wanted = SearchQuery(
            words=query,
            regex=regex,
            within=within,
            codes=which.codes,
            speakers=which.speakers,
            sources=which.sources,
            cases=which.cases,
            attributes=which.attributes,
        )
        told = SourcesTold(study)
        hits = study.search.find(wanted, limit)
        if as_json:
            show.json_list(map(told.as_json, hits))
        else:
            told.show(hits, wide=wide)


class SourcesTold:
    """Hits with the names of their sources."""

    def __init__(self, study: Project) -> None:
        self._sources = {source.guid: source for source in study.sources.all()}
        self._names = show.SourceNames.of(study)

    def source(self, hit: Hit) -> Source:
        """The source of a hit."""
        return self._sources[hit.source]

    def as_json(self, hit: Hit) -> Mapping[str, object]:
        """A hit as JSON tells of it."""
        return {
            "source": self.source(hit).name,
            "start": hit.start,
            "end": hit.end,
            "before": hit.before,
            "text": hit.words,
            "after": hit.after,
            "unit": hit.unit,
            "speaker": hit.speaker or None,
            "locator": hit.locator,
            "source_guid": hit.source,
        }

    def show(self, hits: Iterable[Hit], *, wide: bool = False) -> None:
        """Hits in columns, with their context."""
        show.columns(
            ("source", "start", "end", "position", "speaker", "text"),
            [
                (self._names.path(self.source(hit)), hit.start, hit.end, hit.locator, hit.speaker,
                 f"{hit.before}[{hit.words}]{hit.after}")
                for hit in hits
            ],
            wide=wide,
        )  # fmt: skip
