"""A speaker renamed at import leaves no byte of the name in the project or its backups."""

from pathlib import Path

from builders import new_project

from qualcoder_sm import importers
from qualcoder_sm.importers import ImportOptions

NAME = "Zebediah Quillfeather"
LAYOUTS = {
    "colon.txt": "INT: So?\n{name}: Aye.\n\n[00:01:02] {name}: Well.\n",
    "time.txt": "{name}   0:03\nHello.\n\nINT   0:09\nSo?\n\n{name} [0:12]\nHm.\n",
    "bold.md": "**INT:** So?\n\n**{name}:** Aye.\n",
    "tab.txt": "INT\tSo?\n{name}\tAye.\nP9\tHm.\n",
    "silent.txt": "INT: So?\n{name}:\nP9: Hm. #00:00:09-5#\n",
}


def test_no_byte_of_the_name_stays(tmp_path: Path):
    files = [tmp_path / name for name in LAYOUTS]
    for file, layout in zip(files, LAYOUTS.values(), strict=True):
        file.write_text(layout.format(name=NAME), "utf-8")
    bundle = importers.read(files, ImportOptions(speakers={NAME: "P01"}))
    (tmp_path / "away").mkdir()
    project = new_project(tmp_path / "away")
    sources = project.sources.add(bundle)
    project.codebook.add("Code")
    backup = project.back_up()
    project.undo()
    assert {"P01", "INT"} <= {one.key for one in project.people.all()}
    assert "Aye.\nWell." in project.sources.text(sources[0].guid)
    project.close()
    written = [*(tmp_path / "away").iterdir(), *backup.path.parent.glob("*.qsm")]
    assert len(written) == 2
    for file in written:
        data = file.read_bytes().lower()
        assert b"aye." in data
        for part in (NAME, *NAME.split(), "ebediah", "quillfeath"):
            assert part.lower().encode() not in data, (file.name, part)


def test_a_name_that_is_not_renamed_stands_with_the_people_alone(tmp_path: Path):
    file = tmp_path / "a.txt"
    file.write_text(LAYOUTS["colon.txt"].format(name=NAME), "utf-8")
    project = new_project(tmp_path)
    [source] = project.sources.add(importers.read([file]))
    assert NAME in {one.key for one in project.people.all()}
    assert project.sources.text(source.guid) == "So?\nAye.\nWell."
    assert project.sources.search("quillfeather") == []
    project.close()
