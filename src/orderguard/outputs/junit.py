"""JUnit XML, as build servers show it: a test case a record.

A rejected or held order is a failure; a record that is no order, and a fault, are errors. The counts stand
before the cases, so these wait in a temporary file.
"""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import XMLGenerator

from orderguard.checked import INVALID, Checked
from orderguard.output import ExitCode, OutputError, Write, printable, write_out

_IN_MEMORY = 1024 * 1024
_PIECE = 64 * 1024


class JUnitReport:
    """One test suite with a case for each record."""

    def __init__(self, write: Write = write_out) -> None:
        self._write = write
        self._cases = tempfile.SpooledTemporaryFile(  # noqa: SIM115 (it is closed at the end of the run)
            _IN_MEMORY, "w+", encoding="utf-8", newline="\n"
        )
        self._counts: Counter[str] = Counter()

    def add(self, checked: Checked) -> None:
        """Add the case of a record.

        Raises:
            OutputError: it cannot be kept.
        """
        document = json.loads(checked.json)
        name = f"{document['order_id'] or checked.decision} (record {checked.record})"
        text = io.StringIO()
        xml = _Xml(text)
        xml.start("testcase", {"classname": checked.source, "name": name})
        self._counts["tests"] += 1
        if checked.decision != "verified":
            kind = "error" if _is_error(checked) else "failure"
            self._counts[kind] += 1
            lines = _errors(document) if checked.decision == INVALID else _findings(document)
            xml.start(kind, {"type": checked.decision, "message": f"{checked.decision}: {lines[0]}"})
            xml.text("\n".join(lines))
            xml.end(kind)
        xml.end("testcase")
        with _spooling():
            self._cases.write(text.getvalue() + "\n")

    def end(self) -> None:
        """Write all.

        Raises:
            OutputError: it cannot be written, or not all cases could be kept.
        """
        counts = {
            "tests": str(self._counts["tests"]),
            "failures": str(self._counts["failure"]),
            "errors": str(self._counts["error"]),
        }
        text = io.StringIO()
        xml = _Xml(text)
        xml.start("testsuites", counts)
        xml.start("testsuite", {"name": "orderguard check", **counts})
        head = f'<?xml version="1.0" encoding="UTF-8"?>\n{text.getvalue()}\n'
        with _spooling():
            self._cases.seek(0)
        self._write(head, flush=False)
        while piece := self._piece():
            self._write(piece, flush=False)
        self._cases.close()
        self._write("</testsuite></testsuites>\n")

    def _piece(self) -> str:
        with _spooling():
            return self._cases.read(_PIECE)


@contextlib.contextmanager
def _spooling() -> Iterator[None]:
    """Say of a temporary file what it is: else it would be taken for an input that cannot be read."""
    try:
        yield
    except OSError as error:
        raise OutputError(error.strerror or type(error).__name__, "a temporary file for JUnit XML") from None


class _Xml:
    """Writes elements; every text and every attribute is escaped."""

    def __init__(self, stream: io.StringIO) -> None:
        self._xml = XMLGenerator(stream, "utf-8", short_empty_elements=False)
        self.end = self._xml.endElement

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Open an element."""
        self._xml.startElement(name, {key: printable(value) for key, value in attributes.items()})  # type: ignore[arg-type]

    def text(self, text: str) -> None:
        """Write a text of whole lines."""
        self._xml.characters("\n".join(printable(line) for line in text.split("\n")))


def _is_error(checked: Checked) -> bool:
    return checked.decision == INVALID or checked.code is ExitCode.FAULT


def _findings(document: Mapping[str, Any]) -> list[str]:
    return [
        f"{finding['severity']} {outcome} {finding['rule']}: {finding['message']}"
        for finding in document["findings"]
        for outcome in [finding["outcome"].replace("-", " ")]
    ] or ["no finding"]


def _errors(document: Mapping[str, Any]) -> list[str]:
    return [f"{error['path'] or '(document)'}: {error['message']}" for error in document["errors"]] or [
        "no order"
    ]
