"""Worker processes without a command around them."""

from functools import partial
from pathlib import Path

import pytest

from orderguard import EngineFault, Verifier
from orderguard.checked import Teller
from orderguard.cli_common import load_verifier
from orderguard.records import Record
from orderguard.workers.messages import Opening
from orderguard.workers.worker_crew import WorkerCrew
from support.batches import numbered_orders

BUNDLED = partial(load_verifier, None)


def wait_for_all(crew: WorkerCrew) -> None:
    while crew.in_flight:
        crew.wait()


def test_workers_that_load_other_rules_than_the_parent_are_not_used() -> None:
    crew = WorkerCrew(1, Opening(BUNDLED, None), ("0" * 64,), Teller(None))
    try:
        crew.put((Record("-", 1, 1, numbered_orders(1)[0].encode()),), in_full=True)
        with pytest.raises(EngineFault, match="rules were changed"):
            wait_for_all(crew)
    finally:
        crew.close()


def test_answers_come_in_the_order_of_the_records(verifier: Verifier) -> None:
    rules = tuple(pack.sha256 for pack in verifier.rulebook.packs)
    crew = WorkerCrew(2, Opening(BUNDLED, None), rules, Teller(None))
    records = [Record("-", n, n, line.encode()) for n, line in enumerate(numbered_orders(40), start=1)]
    found = []
    try:
        for start in range(0, 40, 5):
            crew.put(tuple(records[start : start + 5]), in_full=False)
        while crew.in_flight:
            crew.wait()
            for chunk in crew.done():
                found += [chunk.answer(place).checked.record for place in range(5)]
    finally:
        crew.close()

    assert found == list(range(1, 41))


def test_a_worker_that_cannot_load_its_rules_says_why(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("pack: 1\n")
    crew = WorkerCrew(1, Opening(partial(load_verifier, str(tmp_path)), None), (), Teller(None))
    try:
        crew.put((Record("-", 1, 1, b"{}"),), in_full=False)
        with pytest.raises(EngineFault, match=r"pack\.yaml:1: "):
            wait_for_all(crew)
    finally:
        crew.close()
