"""SQL lives here and in project: tables, journal, migrations, search, backups, lock."""
