"""What tests have to say beside passing: printed when all have run, on whichever worker they ran."""

from __future__ import annotations

import pytest

SHOWN_AT_THE_END = "shown at the end"
"""The name of the property under which a test records a text to be printed."""


def print_recorded(reporter: pytest.TerminalReporter) -> None:
    """Print what tests recorded with `record_property(SHOWN_AT_THE_END, text)`."""
    for reports in reporter.stats.values():
        for report in reports:
            for name, text in getattr(report, "user_properties", ()):
                if name == SHOWN_AT_THE_END:
                    reporter.write_line(text)
