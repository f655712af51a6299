"""What can be changed in a project file behind the program's back, and which check finds it.

Statements, then what the program and what verify_trail.py call it.
"""

LAST = "(SELECT MAX(seq) FROM changes)"
OTHER = "CAST(replace(CAST(after AS TEXT), 'Fatigue', 'Weariness') AS BLOB)"
SWAPPED_STEPS = (
    "PRAGMA foreign_keys=OFF",
    *(
        f"UPDATE {table} SET seq = {new} WHERE seq = {old}"
        for old, new in ((3, 900), (4, 3), (900, 4))
        for table in ("changes", "change_payloads")
    ),
)
# name: what is done, the checks that fail in the program, those that fail in the script
TAMPERINGS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "nothing but the triggers": ((), "", ""),
    "a moved coding": (('UPDATE codings SET "end" = "end" + 1',), "tables", "tables"),
    "a replaced text": (
        ("UPDATE contents SET bytes = CAST('[SYNTHETIC] other' AS BLOB)",), "tables", "texts"),
    "a text of another type": (("UPDATE contents SET bytes = 7",), "tables", "texts"),
    "a text that is gone": (("DELETE FROM contents",), "tables", "texts"),
    "a text that was emptied": (("UPDATE contents SET bytes = NULL",), "tables", "texts"),
    "a changed payload": (
        (f"UPDATE change_payloads SET after = {OTHER} WHERE seq = 3",),
        "chain tables", "payloads tables"),
    "a payload and its digest": (
        ("UPDATE changes SET digests = replace(digests, '\"', '') WHERE seq = 3",),
        "chain", "chain payloads"),
    "a payload that is no JSON": (
        ("UPDATE change_payloads SET after = CAST('nonsense' AS BLOB) WHERE seq = 3",),
        "chain", "payloads"),
    "a payload cut short": (
        ("UPDATE change_payloads SET after = substr(after, 1, 20) WHERE seq = 3",),
        "chain", "payloads"),
    "a payload of JSON that is no rows": (
        ("UPDATE change_payloads SET after = CAST('[[1,2]]' AS BLOB) WHERE seq = 3",),
        "chain", "payloads"),
    "a payload deeper than can be read": (
        ("UPDATE change_payloads SET after = CAST(printf('%.*c', 90000, '[') AS BLOB) WHERE seq = 3",),
        "chain", "payloads"),
    "a payload that is a number": (
        ("UPDATE change_payloads SET after = 12 WHERE seq = 3",), "chain", "payloads"),
    "a payload row that is gone": (
        ("DELETE FROM change_payloads WHERE seq = 3",), "chain", "payloads"),
    "a payload emptied without a redaction": (
        ("UPDATE change_payloads SET salt = NULL, label = NULL, parameters = NULL, reason = NULL, "
         "before = NULL, after = NULL WHERE seq = 3",), "chain", "payloads"),
    "a salt": (("UPDATE change_payloads SET salt = 'x' WHERE seq = 3",), "chain", "payloads"),
    "a salt of another type": (
        ("UPDATE change_payloads SET salt = X'00' WHERE seq = 3",), "chain", "payloads"),
    "a label": (("UPDATE change_payloads SET label = 'x' WHERE seq = 3",), "chain", "payloads"),
    "what the sentence says": (
        ("UPDATE change_payloads SET parameters = '{}' WHERE seq = 3",), "chain", "payloads"),
    "a reason": (
        ("UPDATE change_payloads SET reason = 'because' WHERE seq = 3",), "chain", "payloads"),
    "a coder": (("UPDATE changes SET coder = 'Eve' WHERE seq = 3",), "chain", "chain"),
    "a coder that is no text": (
        ("UPDATE changes SET coder = X'FF' WHERE seq = 3",), "chain", "chain"),
    "a coder that is no UTF-8": (
        ("UPDATE changes SET coder = CAST(X'FF41' AS TEXT) WHERE seq = 3",), "chain", "chain"),
    "a time": (
        ("UPDATE changes SET at = '2001-01-01T00:00:00.000000Z' WHERE seq = 3",), "chain", "chain"),
    "a time that is none": (("UPDATE changes SET at = 'then' WHERE seq = 3",), "chain", "chain"),
    "a number of rows": (("UPDATE changes SET rows = 'many' WHERE seq = 3",), "chain", "chain"),
    "a version": (("UPDATE changes SET schema = 'x' WHERE seq = 3",), "chain", "chain"),
    "what was taken back": (("UPDATE changes SET undo_of = 2 WHERE seq = 3",), "chain", "chain"),
    "a removed step": (
        ("PRAGMA foreign_keys=OFF", "DELETE FROM changes WHERE seq = 3",
         "DELETE FROM change_payloads WHERE seq = 3"), "chain tables", "chain tables"),
    "two steps in the other order": (SWAPPED_STEPS, "chain", "chain"),
    "swapped hashes": (
        ("UPDATE changes SET hash = (SELECT hash FROM changes c WHERE c.seq = 7 - changes.seq) "
         "WHERE seq IN (3, 4)",), "chain", "chain"),
    "the last step without its payload": (
        ("PRAGMA foreign_keys=OFF", f"DELETE FROM changes WHERE seq = {LAST}"),
        "chain tables", "chain tables"),
    "no step at all": (
        ("PRAGMA foreign_keys=OFF", "DELETE FROM change_payloads", "DELETE FROM changes"),
        "chain tables", "chain tables texts"),
    "a table that no project has": (
        ("CREATE TABLE extra (guid TEXT, name TEXT)",), "tables", "tables"),
    "a view that no project has": (
        ("CREATE VIEW extra AS SELECT guid FROM codes",), "tables", "tables"),
    "a text that no step tells of": (
        ("INSERT INTO contents VALUES ('ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb', "
         "CAST('a' AS BLOB))",), "tables", "texts"),
    "a row with bytes in it": (
        ("UPDATE codes SET name = X'FF' WHERE guid = (SELECT MIN(guid) FROM codes)",),
        "tables", "tables"),
    "a row that is no UTF-8": (
        ("UPDATE codes SET name = CAST(X'FF41' AS TEXT) "
         "WHERE guid = (SELECT MIN(guid) FROM codes)",), "tables", "tables"),
    "a source with the text of another": (
        ("UPDATE sources SET sha256 = (SELECT MIN(sha256) FROM sources)",), "tables", "tables"),
}  # fmt: skip
