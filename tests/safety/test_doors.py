"""Property 9: one verdict through every door, whoever checks."""

from pathlib import Path

import pytest

from orderguard import InvalidOrder, Verifier
from orderguard.checked import invalid_json
from orderguard.records import read_records
from support.batches import write_sample
from support.command import run
from support.orders import many


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of synthetic orders: clean, violating, incomplete and broken ones."""
    return write_sample(tmp_path_factory.mktemp("orders") / "orders.jsonl", many(2000), seed=9)


def library_lines(verifier: Verifier, path: Path) -> list[str]:
    """What the library says of each record."""
    lines = []
    with path.open("rb") as stream:
        for record in read_records(stream, str(path)):
            problems = record.problems
            if record.text is not None:
                try:
                    lines.append(verifier.verify_json(record.text).to_json())
                except InvalidOrder as error:
                    problems = error.problems
                else:
                    continue
            lines.append(invalid_json(record, problems))
    return lines


def test_library_one_process_and_workers_give_the_same_bytes(
    verifier: Verifier, orders: Path, tmp_path: Path
) -> None:
    expected = "".join(f"{line}\n" for line in library_lines(verifier, orders)).encode()
    for workers in (1, 2, 4):
        log = tmp_path / f"log{workers}"
        done = run("check", orders, "--workers", str(workers), "--format", "jsonl", "--log", log)

        assert done.stdout == expected
        assert done.returncode == 3
        assert len(log.read_bytes().splitlines()) == expected.count(b'{"schema_version"')


@pytest.mark.parametrize("form", ["table", "json"])
def test_every_format_is_the_same_with_workers(tmp_path: Path, form: str) -> None:
    orders = write_sample(tmp_path / "orders.jsonl", 200, seed=10)
    single = write_sample(tmp_path / "single.jsonl", 1, seed=10)
    for path in (orders, single):
        arguments = ("check", path, "--format", form, "--log", tmp_path / "log", "--workers")
        alone, several = run(*arguments, "1"), run(*arguments, "2")

        assert alone.stdout == several.stdout != b""
        assert alone.returncode == several.returncode
