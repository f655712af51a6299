"""The demonstration study, from its first day to its last."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from qualcoder_sm.demo import detours
from qualcoder_sm.demo.material import Material
from qualcoder_sm.demo.repeatable import StudyClock, study_guids
from qualcoder_sm.demo.study import Study
from qualcoder_sm.errors import Cancelled
from qualcoder_sm.i18n import tr
from qualcoder_sm.importers import Progress, key_file_for, write_key_file
from qualcoder_sm.project.project import Project

ANA, BEN = "Ana", "Ben"
MARK = "[SYNTHETIC]"
TITLE = f"{MARK} Care together online: co-production in Strathmere"


@dataclass(frozen=True, slots=True)
class Session:
    """Something that a coder did on a day, and with what."""

    day: str
    coder: str
    work: Callable[[Study, str], None]
    subject: str


SESSIONS = (
    Session("2024-01-08", ANA, Study.take_codebook, "combined"),
    Session("2024-01-08", ANA, Study.add_coder, BEN),
    Session("2024-01-08", ANA, Study.bring_document, "S01 group rules.pdf"),
    Session("2024-03-13", ANA, Study.bring_document, "P01.docx"),
    Session("2024-03-14", ANA, detours.find_a_code_in_the_data, "P01"),
    Session("2024-03-14", ANA, detours.narrow_a_passage, "P01"),
    Session("2024-03-14", ANA, Study.code, "P01"),
    Session("2024-03-15", ANA, detours.rename_it, detours.SECOND_NAME),
    Session("2024-03-15", ANA, Study.give_keys, ANA),
    Session("2024-03-20", ANA, Study.bring_document, "P06.docx"),
    Session("2024-03-21", ANA, Study.code, "P06"),
    Session("2024-04-02", ANA, Study.bring_posts, "S01"),
    Session("2024-04-02", ANA, Study.bring_posts, "S05"),
    Session("2024-04-02", ANA, Study.bring_posts, "S07"),
    Session("2024-04-03", ANA, Study.take_cases, "cases.csv"),
    Session("2024-04-04", ANA, Study.code, "S01-T0"),
    Session("2024-04-05", ANA, Study.code, "S01-T1"),
    Session("2024-04-08", ANA, detours.merge_it_into_the_frame, detours.FRAME_CODE),
    Session("2024-04-08", ANA, detours.slip, "S05-0101"),
    Session("2024-04-08", ANA, Study.code, "S05"),
    Session("2024-04-09", ANA, Study.code_at_once, "S07"),
    Session("2024-04-10", ANA, Study.bring_document, "P11.txt"),
    Session("2024-04-11", ANA, Study.code, "P11"),
    Session("2024-04-15", BEN, Study.code, "P01"),
    Session("2024-04-16", BEN, detours.doubt, "S01-0124"),
    Session("2024-04-16", BEN, Study.code, "S01-T0"),
    Session("2024-04-17", BEN, Study.code, "S01-T1"),
    Session("2024-04-19", ANA, detours.add_working_rules, "The E/R border"),
    Session("2024-05-15", ANA, Study.bring_document, "P16.rtf"),
    Session("2024-05-16", ANA, Study.code, "P16"),
    Session("2024-05-17", BEN, Study.code, "P16"),
    Session("2024-05-22", ANA, Study.bring_document, "P19.docx"),
    Session("2024-05-23", ANA, Study.code, "P19"),
    Session("2024-05-29", ANA, Study.bring_document, "P20.txt"),
    Session("2024-05-29", ANA, Study.code, "P20"),
    Session("2024-05-30", ANA, Study.withdraw, "P19"),
    Session("2024-05-30", BEN, Study.link_memos, BEN),
    Session("2024-05-30", BEN, Study.finish, "P01"),
    Session("2024-05-30", BEN, Study.finish, "P16"),
    Session("2024-05-30", BEN, Study.finish, "S01"),
    Session("2024-05-31", ANA, Study.link_memos, ANA),
    Session("2024-05-31", ANA, Study.finish, "P01"),
    Session("2024-05-31", ANA, Study.finish, "P16"),
    Session("2024-05-31", ANA, Study.finish, "S01"),
)


def build(path: Path, progress: Progress | None = None) -> Project:
    """Make the demonstration study at `path` and open it for Ana.

    The same rows each time, guids, times and the hash of the trail among them. The key to the
    authors of the posts goes beside the project. `progress` is called with the sessions done,
    all sessions and the day, and stops the building by returning False: Cancelled. Refused
    when a file is at `path`; none is there before the study is whole.
    """
    clock = StudyClock(date.fromisoformat(SESSIONS[0].day))
    made = Project.create(path, TITLE, ANA, clock=clock, new_guid=study_guids(), in_place=False)
    with closing(made) as project:
        study = Study(project, Material())
        _tell(study, clock, progress)
        write_key_file(key_file_for(path), study.authors)
        project.put_in_place()
    return Project.open(path, ANA)


def is_demonstration(project: Project) -> bool:
    """Whether everything in a project is invented, by the mark its title begins with."""
    return project.name.startswith(MARK)


def _tell(study: Study, clock: StudyClock, progress: Progress | None) -> None:
    sessions = list(_with_memos(study))
    for done, session in enumerate(sessions):
        if progress and not progress(done, len(sessions), session.day):
            raise Cancelled(tr("The demonstration study was not made."))
        clock.begin(date.fromisoformat(session.day))
        study.project.act_as(session.coder)
        session.work(study, session.subject)
    if progress:
        progress(len(sessions), len(sessions), "")


def _with_memos(study: Study) -> Iterator[Session]:
    """The sessions in order of time, memos at the end of the day they were written on."""
    memos = [
        Session(memo.day.isoformat(), memo.coder, Study.write_memo, memo.title)
        for memo in study.material.memos
    ]
    yield from sorted((*SESSIONS, *memos), key=lambda session: session.day)
