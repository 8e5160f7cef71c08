"""Checks a file with `--resume`, kills the check many times at random places, and lets it end.

    python killed_often.py ORDERS OUT LOG REFERENCE KILLS SEED

Each check is a process of its own, made of this one: so it starts at once. The reference is what an
uninterrupted check writes. Prints how often a check was killed.
"""

import contextlib
import itertools
import os
import random
import signal
import sys
import time
from pathlib import Path

from orderguard.check_command import Choice, check
from orderguard.decision_log import DecisionLog
from orderguard.errors import InvalidOrder
from orderguard.rulebook.store import RuleStore
from orderguard.verifier import Verifier

ORDERS, OUT, LOG, REFERENCE = sys.argv[1:5]
KILLS, SEED = map(int, sys.argv[5:])
WARM = 100
"""So many orders are verified before; what the verifier learns of them each check has from the start."""


def start(out: str, log: str) -> int:
    """Start a check; its process id."""
    child = os.fork()
    if child == 0:
        verifier.log = DecisionLog.to_path(log)
        choice = Choice("jsonl", None, None, log, 1, out, resume=True)
        os._exit(check([ORDERS], choice, verifier))
    return child


def ends_by_itself(child: int) -> bool:
    return os.waitpid(child, os.WNOHANG) != (0, 0)


def size(path: str) -> int:
    return Path(path).stat().st_size if Path(path).exists() else 0


def let_run(child: int, rng: random.Random, step: int) -> bool:
    """Let a check get some way; whether it ended by itself."""
    if rng.random() < 0.2:
        # Perhaps while it still looks at what was done before.
        time.sleep(rng.uniform(0, 0.05))
        return ends_by_itself(child)
    goal = size(OUT) + rng.randrange(1, step)
    while size(OUT) < goal:
        if ends_by_itself(child):
            return True
        time.sleep(0.0005)
    time.sleep(rng.uniform(0, 0.002))
    return ends_by_itself(child)


verifier = Verifier(store=RuleStore.of_user(), log=DecisionLog.to_path(os.devnull))
with Path(ORDERS).open("rb") as orders:
    for line in itertools.islice(orders, WARM):
        with contextlib.suppress(InvalidOrder):
            verifier.verify_json(line)
os.waitpid(start(REFERENCE, LOG + ".reference"), 0)
rng = random.Random(SEED)
killed = 0
while True:
    child = start(OUT, LOG)
    if killed < KILLS:
        if let_run(child, rng, size(REFERENCE) // KILLS):
            break
        os.kill(child, signal.SIGKILL)
        killed += 1
        os.waitpid(child, 0)
    else:
        os.waitpid(child, 0)
        break
print(killed)
