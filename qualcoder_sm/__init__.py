"""QualCoder SM: deductive thematic coding of interviews and online posts."""

__version__ = "0.1.0"
