"""The tables.

Values are plain text, integers and numbers, so that a row goes into the audit trail as it is.
Times are ISO 8601 in UTC. No ON DELETE CASCADE: it would change rows behind the journal's back.
A source's text stands once, in `contents`, under its digest; lists of sources never pull it.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
)

APPLICATION_ID = 0x5143534D  # "QCSM", at byte 68 of the file
VERSION = 3

metadata = MetaData()


def _guid() -> Column[str]:
    return Column("guid", Text, primary_key=True)


def _reference(name: str, table: str, *, optional: bool = False) -> Column[str]:
    target = ForeignKey(f"{table}.guid", deferrable=True, initially="DEFERRED")
    return Column(name, Text, target, nullable=optional)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _flag(name: str, default: int = 0) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=str(default))


def _table(
    name: str, *columns: Column[str] | Column[int] | Column[float] | CheckConstraint
) -> Table:
    return Table(name, metadata, *columns, sqlite_with_rowid=False)


project = _table("project", _guid(), _text("name"), _text("created"), _text("description"))

coders = _table("coders", _guid(), _text("name"))
Index("coders_by_name", coders.c.name, unique=True)

collections = _table(
    "collections",
    _guid(),
    _text("name"),
    _text("platform"),
    _text("visibility"),
    _text("access_basis"),
    _text("quote_rule"),
)
Index("collections_by_name", collections.c.name, unique=True)

sources = _table(
    "sources",
    _guid(),
    _reference("collection", "collections", optional=True),
    _text("kind"),
    _text("name"),
    Column("characters", Integer, nullable=False),
    _text("sha256"),
    _text("origin"),
    _text("origin_sha256"),
    _text("external_id"),
    _text("description"),
    _text("created"),
    _flag("locked"),
    _text("quote_rule"),
)
Index("sources_by_name", func.coalesce(sources.c.collection, ""), sources.c.name, unique=True)

people = _table(
    "people",
    _guid(),
    _text("key"),
    _text("role"),
    _reference("case", "cases", optional=True),
)

units = _table(
    "units",
    _guid(),
    _reference("source", "sources"),
    Column("ordinal", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("kind"),
    _reference("person", "people", optional=True),
    Column("at", Text),
    Column("offset", Float),
    Column("parent", Integer),
    _text("answers"),
    _text("external_id"),
    _text("title"),
    _text("feature"),
    Column("reactions", Integer),
    _text("url"),
    _text("platform"),
    _flag("removed"),
    _text("quote_rule"),
    Column("page", Integer),
)
# By end, so that the unit at a position is one look away; the places of all units of a source
# are read from the index alone. Units follow each other, so this is their order, too.
Index("units_by_source", units.c.source, units.c.end, units.c.start, units.c.ordinal)

cases = _table("cases", _guid(), _text("name"), _text("type"))

case_sources = _table(
    "case_sources", _guid(), _reference("case", "cases"), _reference("source", "sources")
)
Index("case_sources_by_source", case_sources.c.source)
Index("case_sources_by_case", case_sources.c.case)

variables = _table("variables", _guid(), _text("name"), _text("type"))

variable_values = _table(
    "variable_values",
    _guid(),
    _reference("variable", "variables"),
    _reference("case", "cases"),
    _text("value"),
)
Index("variable_values_by_case", variable_values.c.case, variable_values.c.variable, unique=True)

codes = _table(
    "codes",
    _guid(),
    _reference("parent", "codes", optional=True),
    _text("name"),
    _text("color"),
    Column("position", Integer, nullable=False),
    _flag("codable", 1),
    _text("origin"),
    _text("brief_definition"),
    _text("definition"),
    _text("include"),
    _text("exclude"),
    _text("example"),
    _text("source"),
    Column("favourite", Integer),
    _flag("revision", 1),
)
Index("codes_by_name", func.coalesce(codes.c.parent, ""), codes.c.name, unique=True)

codings = _table(
    "codings",
    _guid(),
    _reference("code", "codes"),
    _reference("source", "sources"),
    _reference("coder", "coders"),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _text("created"),
    Column("polarity", Text),
    Column("weight", Integer),
    _flag("code_revision", 1),
    _text("memo"),
    _text("paraphrase"),
    _text("quote_rule"),
    CheckConstraint('"start" >= 0 AND "end" > "start"'),
)
Index(
    "codings_by_source",
    codings.c.source,
    codings.c.start,
    codings.c.end,
    codings.c.code,
    codings.c.coder,
)
Index(
    "codings_by_code",
    codings.c.code,
    codings.c.source,
    codings.c.start,
    codings.c.end,
    codings.c.coder,
    unique=True,
)
# Few codings have one, and the page of memos asks for all of these.
Index(
    "codings_with_memo",
    codings.c.source,
    codings.c.start,
    codings.c.end,
    codings.c.code,
    codings.c.coder,
    sqlite_where=codings.c.memo != "",
)

code_sets = _table("code_sets", _guid(), _text("name"))

code_set_members = _table(
    "code_set_members", _guid(), _reference("code_set", "code_sets"), _reference("code", "codes")
)

coding_links = _table(
    "coding_links",
    _guid(),
    _reference("origin", "codings"),
    _reference("target", "codings"),
    _text("kind"),
    _text("memo"),
    _reference("coder", "coders"),
    _text("created"),
)
Index("coding_links_by_origin", coding_links.c.origin)
Index("coding_links_by_target", coding_links.c.target)

notes = _table(
    "notes",
    _guid(),
    _text("kind"),
    _text("title"),
    _text("text"),
    _reference("coder", "coders"),
    _text("created"),
    _text("modified"),
    _text("target_table"),
    _text("target"),
)
Index("notes_by_target", notes.c.target)

progress = _table(
    "progress",
    _guid(),
    _reference("source", "sources"),
    _reference("coder", "coders"),
    _text("state"),
)
Index("progress_by_source", progress.c.source, progress.c.coder, unique=True)

JOURNALLED = tuple(metadata.tables.values())
"""The tables that only the journal writes; the trail can rebuild them."""

contents = Table(
    "contents",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("bytes", LargeBinary),
)

changes = Table(
    "changes",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("coder", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("undo_of", Integer),
    Column("batch", Text),
    Column("schema", Integer, nullable=False),
    Column("digests", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
Index("changes_by_undo_of", changes.c.undo_of, changes.c.seq)
Index("changes_by_coder", changes.c.coder, changes.c.seq)
Index("changes_by_action", changes.c.action, changes.c.seq)

change_payloads = Table(
    "change_payloads",
    metadata,
    Column("seq", Integer, ForeignKey("changes.seq"), primary_key=True),
    Column("salt", Text),
    Column("label", Text),
    Column("parameters", Text),
    Column("reason", Text),
    Column("before", LargeBinary),
    Column("after", LargeBinary),
)

drafts = Table(
    "drafts",
    metadata,
    Column("note", Text, primary_key=True),
    Column("coder", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("target_table", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("at", Text, nullable=False),
)
"""Memos being typed, no part of the study yet; a step takes each in when its sitting ends."""

lock = Table(
    "lock",
    metadata,
    Column("id", Integer, CheckConstraint("id = 1"), primary_key=True),
    Column("holder", Text, nullable=False),
    Column("opened", Text, nullable=False),
    Column("closed", Text),
)

PAYLOAD_FIELDS = ("label", "parameters", "reason", "before", "after")

_KEPT_OR_EMPTIED = " AND ".join(
    f'(NEW."{name}" IS NULL OR NEW."{name}" IS OLD."{name}")' for name in ("salt", *PAYLOAD_FIELDS)
)

TRIGGERS = (
    "CREATE TRIGGER changes_no_update BEFORE UPDATE ON changes BEGIN "
    "SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
    "CREATE TRIGGER changes_no_delete BEFORE DELETE ON changes BEGIN "
    "SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
    # A REPLACE fires no delete trigger, so a step may only stand one after the last.
    "CREATE TRIGGER changes_in_order BEFORE INSERT ON changes "
    "WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM changes) "
    "OR NEW.previous <> COALESCE((SELECT hash FROM changes ORDER BY seq DESC LIMIT 1), '') BEGIN "
    "SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
    "CREATE TRIGGER payloads_no_delete BEFORE DELETE ON change_payloads BEGIN "
    "SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
    "CREATE TRIGGER payloads_no_update BEFORE UPDATE ON change_payloads "
    f"WHEN NEW.seq <> OLD.seq OR NOT ({_KEPT_OR_EMPTIED}) BEGIN "
    "SELECT RAISE(ABORT, 'a payload may only be emptied'); END",
    "CREATE TRIGGER payloads_no_replace BEFORE INSERT ON change_payloads "
    "WHEN EXISTS (SELECT 1 FROM change_payloads WHERE seq = NEW.seq) BEGIN "
    "SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
)

# SQLite takes characters younger than its tables for letters, and "tired" would not be found in
# "tired🤣": bidirectional marks, currencies, technical signs, symbols, punctuation, emoji.
_SYMBOLS = (
    (0x061C, 0x061D),
    (0x2066, 0x206A),
    (0x20A0, 0x20D0),
    (0x2300, 0x2400),
    (0x2700, 0x27C0),
    (0x2B00, 0x2C00),
    (0x2E00, 0x2E80),
    (0x1F000, 0x1FC00),
)
_SEPARATORS = "".join(chr(code) for first, end in _SYMBOLS for code in range(first, end))
TOKENIZER = f"unicode61 remove_diacritics 2 separators ''{_SEPARATORS}''"

SEARCH = (
    "CREATE TABLE search_rows (id INTEGER PRIMARY KEY, source TEXT NOT NULL UNIQUE)",
    f"CREATE VIRTUAL TABLE source_search USING fts5(text, content='', tokenize='{TOKENIZER}')",
)
