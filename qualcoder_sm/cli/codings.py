"""`codings`: the coded passages."""

from collections.abc import Iterable, Mapping

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, Wide, command
from qualcoder_sm.cli.choices import Chosen, choosing
from qualcoder_sm.model import Segment
from qualcoder_sm.project import names
from qualcoder_sm.reports.options import CODINGS, TEXT, WHOSE
from qualcoder_sm.store.trail import written_time


@command
@choosing(WHOSE | TEXT | CODINGS)
def codings(
    asked: Asked,
    project: ProjectFile,
    chosen: Chosen,
    as_json: AsJson = False,
    wide: Wide = False,
) -> None:
    """List the coded passages: of all coders, codes and sources, or of those named.

    Example: qualcoder-sm codings study.qsm --coder Ana --code Equality --json

    Example: qualcoder-sm codings study.qsm --code Equality --near Return --within 200
    """
    with asked.reading(project) as study:
        which = chosen.filter(study)
        segments = study.segments.of(which)
        if as_json:
            show.json_list(map(_as_json, segments))
        else:
            _show(segments, wide)


def _show(segments: Iterable[Segment], wide: bool) -> None:
    show.columns(
        ("source", "start", "end", "code", "coder", "text"),
        [
            (
                names.path(one.collection_name, one.source_name),
                one.coding.start,
                one.coding.end,
                one.code_path,
                one.coder_name,
                one.text,
            )
            for one in segments
        ],
        wide=wide,
    )


def _as_json(segment: Segment) -> Mapping[str, object]:
    coding = segment.coding
    return {
        "guid": coding.guid,
        "source": segment.source_name,
        "start": coding.start,
        "end": coding.end,
        "text": segment.text,
        "code": segment.code_path,
        "coder": segment.coder_name,
        "created": written_time(coding.created),
        "memo": coding.memo,
        "source_guid": coding.source,
        "code_guid": coding.code,
        "collection": segment.collection_name or None,
        "cases": list(segment.cases),
        "speaker": segment.speaker or None,
        "locator": segment.locator,
        "polarity": coding.polarity.value if coding.polarity else None,
        "weight": coding.weight,
        "quote_rule": segment.quote_rule.value,
        "paraphrase": coding.paraphrase,
    }
