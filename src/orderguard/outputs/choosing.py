"""Which report a check writes, and where to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from orderguard.checked import Checked
from orderguard.output import Write, write_out, write_table
from orderguard.reports import ArrayReport, LinesReport, Report, TableReport

if TYPE_CHECKING:
    from orderguard.out_file import OutFile


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

    def check(self) -> None:
        """Refuse what cannot be done, before any file is touched.

        Raises:
            OutputChoiceError: the options do not go together.
            MissingExtraError: a library that is needed is not installed.
        """
        if self.form == "parquet" and self.out is None:
            raise OutputChoiceError("--format parquet needs a file: --out FILE")
        if self.form == "parquet":
            from orderguard.outputs.parquet_verdicts import verdict_schema

            verdict_schema()
        if self.page is not None:
            from orderguard.outputs.html_report import page_template

            page_template()

    def report(self, out: OutFile | None = None, page: OutFile | None = None) -> Report:
        """The report that writes all of it.

        Args:
            out: takes the verdicts in place of standard output.
            page: takes the HTML report; None for no report.
        """
        main = self._main(out)
        if page is None:
            return main
        from orderguard.outputs.html_report import HtmlReport

        return _Both(main, HtmlReport(page))

    def _main(self, out: OutFile | None) -> Report:
        write: Write | None = None if out is None else out.write
        if self.form == "table":
            return TableReport(write or write_table)
        if self.form == "csv":
            from orderguard.outputs.csv_summary import CsvReport

            return CsvReport(write or write_out)
        if self.form == "junit":
            from orderguard.outputs.junit import JUnitReport

            return JUnitReport(write or write_out)
        if self.form == "parquet" and out is not None:
            from orderguard.outputs.parquet_verdicts import ParquetReport

            return ParquetReport(out)
        return ArrayReport(write or write_out) if self.form == "json" else LinesReport(write or write_out)


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
