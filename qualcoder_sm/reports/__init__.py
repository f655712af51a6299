"""One module per report: gather() from the project, table() -> Table."""
