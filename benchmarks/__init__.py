"""Measurements of the figures the project sets itself; never tests that fail on time."""
