"""Where the program's own files and the researcher's data lie."""

from pathlib import Path

from platformdirs import user_config_path, user_data_path, user_log_path

_PACKAGE = Path(__file__).parent
_APP = "QualCoder SM"


def shipped(folder: str) -> Path:
    """A folder that comes with the program: "codebooks", or one under "resources".

    In a wheel it lies inside the package under `data/`, in a checkout at the top.
    """
    for root in (_PACKAGE / "data", _PACKAGE.parent):
        if (root / folder).is_dir():
            return root / folder
    raise FileNotFoundError(folder)


def settings_file() -> Path:
    """The settings of this user."""
    return user_config_path(_APP, appauthor=False) / "settings.toml"


def backups_folder() -> Path:
    """Automatic backups, away from the projects themselves."""
    return user_data_path(_APP, appauthor=False) / "backups"


def log_folder() -> Path:
    """Reports of crashes; they hold no text of any project."""
    return user_log_path(_APP, appauthor=False)
