"""Text of SQL lives here alone: tables, journal, migrations, search, backups, lock."""
