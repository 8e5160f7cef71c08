"""Which report a check writes, and where to."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NamedTuple

from orderguard.checked import Checked
from orderguard.output import Write, write_out, write_table
from orderguard.outputs.files import FileOutput
from orderguard.reports import ArrayReport, LinesReport, Report, TableReport


class OutputChoiceError(Exception):
    """Options that do not go together; the text says which."""


class Outputs(NamedTuple):
    """What the options of a check ask for.

    Attributes:
        form: the name of the format.
        out: the file for it; None for standard output.
        page: the file of the HTML report; None for no report.
    """

    form: str
    out: str | None = None
    page: str | None = None

    def check(self, inputs: Sequence[str]) -> None:
        """Refuse what cannot be done, before any file is touched.

        Args:
            inputs: the files that are read.

        Raises:
            OutputChoiceError: the options do not go together, or a file would overwrite an input.
            MissingExtraError: a library that is needed is not installed.
        """
        if self.form == "parquet" and self.out is None:
            raise OutputChoiceError("--format parquet needs a file: --out FILE")
        written = [(name, path) for name, path in (("--out", self.out), ("--report", self.page)) if path]
        if len(written) > 1 and _is_same(self.out or "", self.page or ""):
            raise OutputChoiceError("--out and --report name the same file")
        for name, path in written:
            if any(_is_same(path, file) for file in inputs):
                raise OutputChoiceError(f"{name} {path} is an input, which it would overwrite")
        if self.form == "parquet":
            from orderguard.outputs.parquet_verdicts import verdict_schema

            verdict_schema()
        if self.page is not None:
            from orderguard.outputs.html_report import page_template

            page_template()

    def open(self, write: Write | None = None) -> Report:
        """The report that writes all of it.

        Args:
            write: takes text in place of standard output.

        Raises:
            OutputError: a file cannot be opened.
        """
        main = self._main(write)
        if self.page is None:
            return main
        from orderguard.outputs.html_report import HtmlReport

        return _Both(main, HtmlReport(FileOutput(self.page)))

    def _main(self, write: Write | None) -> Report:
        if self.form == "table":
            return TableReport(write or write_table)
        if self.form == "csv":
            from orderguard.outputs.csv_summary import CsvReport

            return CsvReport(write or write_out)
        if self.form == "junit":
            from orderguard.outputs.junit import JUnitReport

            return JUnitReport(write or write_out)
        if self.form == "parquet" and self.out is not None:
            from orderguard.outputs.parquet_verdicts import ParquetReport

            return ParquetReport(self.out)
        return ArrayReport(write or write_out) if self.form == "json" else LinesReport(write or write_out)


def _is_same(path: str, other: str) -> bool:
    try:
        return os.path.samefile(path, other)  # noqa: PTH121 (names are texts here)
    except OSError:
        return os.path.abspath(path) == os.path.abspath(other)  # noqa: PTH100


class _Both:
    """Two reports of the same records."""

    def __init__(self, first: Report, second: Report) -> None:
        self._reports = (first, second)

    def add(self, checked: Checked) -> None:
        for report in self._reports:
            report.add(checked)

    def end(self) -> None:
        for report in self._reports:
            report.end()
