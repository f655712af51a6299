"""Numbers on values and arrays; no project, no Qt, no SQL."""
