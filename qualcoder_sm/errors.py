"""Errors a researcher can act on. Anything else that escapes is a bug.

QualCoderError
    NotFound            the thing named is not in the project
    AmbiguousName       several things bear this name
    NameTaken           another of the same kind already bears this name
    InvalidName         a name that cannot be stored (empty, or holds the path separator)
    InvalidSelection    the passage is empty or lies outside its source
    AlreadyCoded        the same coder has put this code on these words before
    NotCodable          a theme that only holds other codes
    NothingToUndo       the trail holds no step to take back, or none to repeat
    StepConflict        a row is no longer what the step left
        BrokenReference     a row would refer to one that is gone
    FileProblem         something about a file
        UnreadableFile      it cannot be read, is damaged, encrypted or holds no text
            DamagedFile         it holds what no step can have written
            AlteredShape        its tables, indexes or triggers are not a project's
        UnknownFormat       no importer or exporter for this kind of file
        NotAProject         not a QualCoder SM project
        NewerProject        written by a newer version of the program
        OlderProject        to be brought to this version before it can be read
        ProjectLocked       open in another window or on another computer
        ReadOnlyProject     opened for reading only
        DiskError           the step could not be written (full, gone, replaced)
            TakenOver       file or lock are not what was left: nothing is written until opened anew
    WrongUsage          an option that does not fit the data (a column, a unit, a name)
    Busy                a longer step is still being written
    Cancelled           the researcher stopped it
    Unexpected          a fault of the program itself, which ended some work
"""


class QualCoderError(Exception):
    """Base of every error whose message is a sentence for the researcher."""


class NotFound(QualCoderError):
    """The thing named is not in the project."""


class AmbiguousName(QualCoderError):
    """Several things bear this name; the message lists their paths."""


class NameTaken(QualCoderError):
    """Another of the same kind already bears this name."""


class InvalidName(QualCoderError):
    """A name that cannot be stored: empty, or with the path separator in it."""


class InvalidSelection(QualCoderError):
    """The passage is empty or lies outside its source."""


class AlreadyCoded(QualCoderError):
    """The same coder has put this code on these words before; `coding` is its guid."""

    def __init__(self, message: str, coding: str = "") -> None:
        super().__init__(message)
        self.coding = coding


class NotCodable(QualCoderError):
    """A theme that only holds other codes cannot be applied to words."""


class NothingToUndo(QualCoderError):
    """The trail holds no step to take back, or none to repeat."""


class StepConflict(QualCoderError):
    """A row is no longer what the step left, so the step cannot be taken back."""


class BrokenReference(StepConflict):
    """A row would refer to one that is gone: what the step removes is used, or what it uses gone."""


class FileProblem(QualCoderError):
    """Something about a file."""


class UnreadableFile(FileProblem):
    """It cannot be read, is damaged, encrypted, or holds no text."""


class DamagedFile(UnreadableFile):
    """It holds what no step can have written: something changed it from outside, or the disk did."""


class AlteredShape(UnreadableFile):
    """Its tables, indexes or triggers are not those of a project; some such files can be read."""


class UnknownFormat(FileProblem):
    """No importer or exporter knows this kind of file."""


class NotAProject(FileProblem):
    """The file is not a QualCoder SM project."""


class NewerProject(FileProblem):
    """A newer version of the program wrote the project."""


class OlderProject(FileProblem):
    """An older version wrote the project; opened for writing once, it is brought to this one."""


class ProjectLocked(FileProblem):
    """The project is open in another window or on another computer."""


class ReadOnlyProject(FileProblem):
    """The project was opened for reading only, or its file may not be written."""


class DiskError(FileProblem):
    """The last step could not be written: the disk is full, or the file is gone or replaced."""


class TakenOver(DiskError):
    """File, lock or trail are not what this program left; every step is refused until it is opened anew."""


class WrongUsage(QualCoderError):
    """An option that does not fit the data: a column, a unit, a report."""


class Busy(QualCoderError):
    """A longer step is still being written."""


class Cancelled(QualCoderError):
    """The researcher stopped it; nothing has been changed."""


class Unexpected(QualCoderError):
    """A fault of the program itself ended some work; the crash report tells of it."""
