"""Faults made on purpose. `make faults` runs them in full and prints a table; the tests, a few of each."""
