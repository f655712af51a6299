"""What the steps of the trail told of themselves, looked up in their parameters."""

from collections.abc import Sequence

from sqlalchemy import Connection

from qualcoder_sm.store import schema


def codes_applied(connection: Connection, coder: str, steps: int) -> list[str]:
    """Guids of the codes that a coder, by name, applied one by one in the last steps, latest first."""
    statement = (
        "SELECT json_extract(p.parameters, '$.code_guid') FROM changes c "
        "JOIN change_payloads p ON p.seq = c.seq "
        "WHERE c.action IN ('coding.apply', 'coding.apply_new', 'coding.in_vivo') AND c.coder = ? "
        "AND p.parameters IS NOT NULL "
        "AND c.seq > (SELECT MAX(seq) FROM changes) - ? ORDER BY c.seq DESC"
    )
    return list(connection.exec_driver_sql(statement, (coder, steps)).scalars())


def corrected_sources(connection: Connection) -> set[str]:
    """Guids of the sources whose text was corrected, as far as the trail still tells."""
    statement = (
        "SELECT json_extract(p.parameters, '$.source_guid') FROM changes c "
        "JOIN change_payloads p ON p.seq = c.seq WHERE c.action = 'source.correct'"
    )
    return set(connection.exec_driver_sql(statement).scalars())


def first_text(connection: Connection, source: str) -> str:
    """The digest of a source's text before it was corrected first; "" when it is not kept."""
    statement = (
        "SELECT json_extract(p.parameters, '$.was') FROM changes c "
        "JOIN change_payloads p ON p.seq = c.seq "
        "JOIN contents t ON t.sha256 = json_extract(p.parameters, '$.was') "
        "WHERE c.action = 'source.correct' AND t.bytes IS NOT NULL "
        "AND json_extract(p.parameters, '$.source_guid') = ? ORDER BY c.seq LIMIT 1"
    )
    return connection.exec_driver_sql(statement, (source,)).scalar_one_or_none() or ""


def forget_texts(connection: Connection, digests: Sequence[str]) -> None:
    """Take out texts that no step tells of."""
    statement = "DELETE FROM contents WHERE sha256 = ?"
    connection.exec_driver_sql(statement, [(digest,) for digest in digests])


def forget_unused_texts(connection: Connection) -> None:
    """Empty the texts that no source has."""
    used = schema.sources.select().with_only_columns(schema.sources.c.sha256)
    texts = schema.contents
    connection.execute(texts.update().where(texts.c.sha256.not_in(used)).values(bytes=None))
