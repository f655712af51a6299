"""`agreement`: do the coders agree?"""

from qualcoder_sm.cli import show
from qualcoder_sm.cli.asked import AsJson, Asked, ProjectFile, Wide, command
from qualcoder_sm.cli.choices import Chosen, choosing
from qualcoder_sm.reports import agreement as report
from qualcoder_sm.reports import report as report_named
from qualcoder_sm.reports.provenance import provenance

_REPORT = report_named("agreement")


@command
@choosing(_REPORT.choices)
def agreement(
    asked: Asked,
    project: ProjectFile,
    chosen: Chosen,
    as_json: AsJson = False,
    wide: Wide = False,
) -> None:
    """Compare what two or more coders did: for each code, and for all of them pooled.

    Example: qualcoder-sm agreement study.qsm --coder Ana --coder Ben --unit character --json
    """
    with asked.reading(project) as study:
        options = chosen.options(study)
        if as_json:
            meant = _REPORT.resolved(options)
            found = report.compare(study, meant)
            made_by = {**provenance(study, meant, _REPORT.choices), **found.provenance}
            show.json_object({**report.as_json(found), "provenance": made_by})
        else:
            show.table(_REPORT.table(study, options), wide=wide)
