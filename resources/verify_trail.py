"""Verifies the audit trail of a QualCoder SM project: python verify_trail.py study.qsm [--expect HEAD]
It needs Python 3.11 or newer and nothing else; docs/file-format.md describes what it checks."""
import argparse, hashlib, json, pathlib, sqlite3, sys, zlib

STEPS = """SELECT seq, at, coder, action, rows, undo_of, batch, schema, digests, previous, hash, salt,
    label, parameters, reason, before, after FROM changes LEFT JOIN change_payloads USING (seq) ORDER BY seq"""
REDACTED = """SELECT value FROM changes JOIN change_payloads USING (seq), json_each(
    iif(json_valid(parameters), parameters, '{}'), '$.steps') WHERE action = 'project.redact'"""
TEXTS = """SELECT sha256, bytes FROM contents WHERE bytes IS NOT NULL
    UNION SELECT s.sha256, c.bytes FROM sources s LEFT JOIN contents c ON c.sha256 = s.sha256"""
BACK = "SELECT seq FROM (SELECT seq, at < LAG(at) OVER (ORDER BY seq) back FROM changes) WHERE back LIMIT 1"
TABLES = """project coders people cases case_sources variables variable_values collections sources units codes code_sets
    code_set_members codings coding_links progress notes contents changes change_payloads drafts lock search_rows
    source_search source_search_data source_search_idx source_search_docsize source_search_config""".split()
NAMES = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%'"
canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def attempt(function, *arguments):  # what it returns; None where something cannot even be read
    try:
        return function(*arguments)
    except (TypeError, ValueError, LookupError, AttributeError, RecursionError, zlib.error):
        return None


def digest(*parts):
    return hashlib.sha256(b"\n".join(p.encode() if isinstance(p, str) else p for p in parts)).hexdigest()


def fits(salt, fields, digests, redacted):
    kept = [(f, d) for f, d in zip(fields, json.loads(digests), strict=True) if f is not None]
    return (redacted or len(kept) == len(fields)) and all(digest(salt, f) == d for f, d in kept)


def left(*sides):  # each row by table and guid as the step left it; None when it went
    before, after = (json.loads(d if d[:1] == b"[" else zlib.decompress(d)) for d in sides)
    return {(table, row[0]): news and dict(zip(names, row, strict=True))
            for (table, _, olds), (_, names, news) in zip(before, after, strict=True)
            for row in news or olds}


def compared(stored, told, unread):  # rows that differ, and those of which that cannot be said
    differing, unclear = set(), set()
    for key in stored.keys() | told:  # a row of an older version has not the columns of today
        row, (at, known) = stored.get(key) or {}, told.get(key, (0, None))
        if known and known.get("interviewer"):  # a flag of version 1
            known["role"] = "interviewer"
        if bool(row) != bool(known) or any(row.get(c, v) != v for c, v in (known or {}).items()):
            (differing if at >= unread else unclear).add(key)
    return differing, unclear


def verify(project, expect):
    file = sqlite3.connect(project.resolve().as_uri() + "?mode=ro", uri=True)
    file.row_factory, file.text_factory = sqlite3.Row, lambda data: data.decode(errors="replace")
    wrong, told, texts, stored, head, count, unread = {}, {}, set(), {}, "", 0, 0
    redacted = {seq for (seq,) in file.execute(REDACTED)}
    for count, (seq, *values, own, salt, a, b, c, d, e) in enumerate(file.execute(STEPS), 1):
        if (seq, values[-1], own) != (count, head, attempt(digest, attempt(canonical, [seq, *values]))):
            wrong.setdefault("chain", f"step {seq} was changed, or one before it is missing")
        if not attempt(fits, salt, (a, b, c, d, e), values[-2], seq in redacted):
            wrong.setdefault("payloads", f"step {seq} is not what its digests say")
        head, rows = own, attempt(left, d, e)
        unread = count if rows is None else unread  # what it did to rows told before is unknown
        told |= {key: (count, row) for key, row in (rows or {}).items()}
        texts |= {row.get("sha256") for (table, _), row in (rows or {}).items() if table == "sources" and row}
    if count < (file.execute("SELECT MAX(seq) FROM change_payloads").fetchone()[0] or 1):
        wrong.setdefault("chain", f"step {count + 1} is missing")
    for (table,) in file.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%guid TEXT%'").fetchall():
        stored |= {(table, row[0]): dict(row) for row in file.execute(f'SELECT * FROM "{table}"')}
    differing, unclear = compared(stored, told, unread)
    if differing:
        wrong["tables"] = f"rows of {', '.join(sorted({str(key[0]) for key in differing}))} differ"
    if foreign := sorted(name for (name,) in file.execute(NAMES) if name not in TABLES):
        wrong["tables"] = f"no project has a table named {', '.join(foreign)}"
    if not all(unread if d is None else attempt(digest, d) == sha for sha, d in file.execute(TEXTS)):
        wrong["texts"] = "some are missing, or have other words"
    if not unread and {sha for (sha,) in file.execute("SELECT sha256 FROM contents")} - texts:
        wrong["texts"] = "there are some that no step tells of"
    if expect is not None and expect.strip().lower() != head:
        wrong["head"] = f"it is not {expect}"
    print(f"{count} steps, {len(stored)} rows, {len(unclear)} of them not compared; head {head}")
    for check in ("chain", "payloads", "tables", "texts", *["head"] * (expect is not None)):
        print(f"{check}: {'FAILED, ' + wrong[check] if check in wrong else 'ok'}")
    for (seq,) in file.execute(BACK):
        print(f"remark: a clock was set back before step {seq}, or was wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=pathlib.Path)
    parser.add_argument("--expect", metavar="HEAD")
    given = parser.parse_args()
    try:
        sys.exit(verify(**vars(given)))
    except (sqlite3.Error, TypeError, ValueError, LookupError, OSError) as error:
        sys.exit(f"{given.project} cannot be verified, for it is no project or is damaged: {error}")
