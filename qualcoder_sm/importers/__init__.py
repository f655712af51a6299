"""Importers: files -> a Bundle that the project may take in. No project, no Qt, no SQL.

`read` is the one call; `preview_posts`, `preview_document` and `preview_table` show a window
what it would bring. `key_contents` says what goes to the files of author keys, which
`project/pending_keys.py` keeps with the step. `read_codebook`, `read_cases` and `read_codings`
read the other tables.
"""

from qualcoder_sm.importers.cases import read_cases
from qualcoder_sm.importers.codebook import Template, read_codebook, templates
from qualcoder_sm.importers.codings import CodingRow, read_codings
from qualcoder_sm.importers.keys import (
    key_contents,
    key_file_for,
    key_files,
    read_key_file,
    write_key_file,
)
from qualcoder_sm.importers.options import (
    Duplicates,
    ImportOptions,
    Orphans,
    ReadAs,
    Removed,
    SpeakerKeys,
)
from qualcoder_sm.importers.posts import FIELDS as POST_FIELDS
from qualcoder_sm.importers.posts import guess_columns
from qualcoder_sm.importers.reading import (
    READERS,
    DocumentPreview,
    PostsPreview,
    Progress,
    Reader,
    preview_document,
    preview_posts,
    read,
    reader_for,
)
from qualcoder_sm.importers.table import TablePreview
from qualcoder_sm.importers.table import preview as preview_table
from qualcoder_sm.importers.transcript import Speaker

__all__ = [
    "POST_FIELDS",
    "READERS",
    "CodingRow",
    "DocumentPreview",
    "Duplicates",
    "ImportOptions",
    "Orphans",
    "PostsPreview",
    "Progress",
    "ReadAs",
    "Reader",
    "Removed",
    "Speaker",
    "SpeakerKeys",
    "TablePreview",
    "Template",
    "guess_columns",
    "key_contents",
    "key_file_for",
    "key_files",
    "preview_document",
    "preview_posts",
    "preview_table",
    "read",
    "read_cases",
    "read_codebook",
    "read_codings",
    "read_key_file",
    "reader_for",
    "templates",
    "write_key_file",
]
