"""What each door must say: the verdicts of the library, and orders that every kind of input can hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from orderguard import InvalidOrder, Verifier
from orderguard.checked import invalid_json
from orderguard.records import Record, read_records


class Judged(NamedTuple):
    """An order document and the verdict document of the library on it."""

    text: bytes
    verdict: str

    @property
    def document(self) -> dict[str, Any]:
        """The order document."""
        order: dict[str, Any] = json.loads(self.text)
        return order


def library_line(verifier: Verifier, record: Record) -> str:
    """What the library says of a record, as a line of JSON."""
    problems = record.problems
    if record.text is not None:
        try:
            return verifier.verify_json(record.text).to_json()
        except InvalidOrder as error:
            problems = error.problems
    return invalid_json(record, problems)


def library_lines(verifier: Verifier, path: Path) -> list[str]:
    """What the library says of each record of a file."""
    with path.open("rb") as stream:
        return [library_line(verifier, record) for record in read_records(stream, str(path))]


def judged_orders(verifier: Verifier, path: Path) -> list[Judged]:
    """The records of a file that are orders."""
    found = []
    with path.open("rb") as stream:
        for record in read_records(stream, str(path)):
            line = library_line(verifier, record)
            if record.text is not None and "decision_id" in line:
                found.append(Judged(record.text, line))
    return found


def verdict_lines(output: bytes) -> list[str]:
    """The lines of `--format jsonl`."""
    return output.decode().splitlines()


def flat(value: Any, name: str = "") -> dict[str, str]:
    """The cells of an order document by the names of their columns."""
    if isinstance(value, dict):
        children = {f"{name}.{key}" if name else key: inner for key, inner in value.items()}
    elif isinstance(value, list):
        if not value:
            return {name: "[]"}
        children = {f"{name}.{number}": inner for number, inner in enumerate(value)}
    else:
        flags = {None: "", True: "true", False: "false"}
        is_flag = value is None or isinstance(value, bool)
        return {name: flags[value] if is_flag else str(value)}
    return {key: cell for child, inner in children.items() for key, cell in flat(inner, child).items()}


def table(rows: Iterable[Mapping[str, str]], separator: str = ",") -> bytes:
    """A flat table of orders."""
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", delimiter=separator, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
