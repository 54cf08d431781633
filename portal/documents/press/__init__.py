"""
The press: pages are composed in a process beside ours, which ends when nobody prints.

The compiler and its fonts take some sixty megabytes and never give them back; and what runs for
ever can be stopped there. ``client`` is this side, ``process`` the other, ``compiler`` its work.
"""

from pathlib import Path

#: Where the layouts of the house are; the compiler reads nothing outside of it.
ROOT = Path(__file__).parents[1] / "rendering" / "typst"
