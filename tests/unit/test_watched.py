"""What benchmarks say of a command that they watch: its exit code, its memory and that of its children."""

from __future__ import annotations

import itertools
import sys

from measuring.watched import watch

_HOLD = "import time; held = bytearray(120_000_000); time.sleep(1)"
_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {_HOLD!r}]); sys.exit(3)"


def test_memory_of_a_command_is_its_own_and_that_of_its_children_is_theirs() -> None:
    alone = watch([sys.executable, "-c", _HOLD], lambda: 0)
    through_a_child = watch([sys.executable, "-c", _CHILD], lambda: 0)

    assert (alone.code, through_a_child.code) == (0, 3)
    assert alone.peak_parent >= 120 > alone.peak_child
    assert through_a_child.peak_child >= 120 > through_a_child.peak_parent
    assert through_a_child.peak >= through_a_child.peak_child


def test_samples_carry_how_far_the_command_was() -> None:
    steps = itertools.count(1)
    watched = watch([sys.executable, "-c", "import time; time.sleep(0.5)"], lambda: next(steps))

    progress = [sample.progress for sample in watched.samples]
    assert progress == list(range(1, len(progress) + 1))
    assert watched.seconds >= watched.samples[-1].seconds
