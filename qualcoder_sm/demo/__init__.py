"""Demo: the demonstration study, built from its files as two researchers would have made it.

`build` makes the project; `is_demonstration` tells whether a project is it, for the banner and
for the titles of exports.
"""

from qualcoder_sm.demo.building import TITLE, build, is_demonstration

__all__ = ["TITLE", "build", "is_demonstration"]
