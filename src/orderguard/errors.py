"""Everything that orderguard raises.

    OrderguardError
    ├── InvalidOrder        a document is no order; carries every problem, each with its place
    ├── RulesError          the rules do not load; carries every problem, each with file and line
    ├── EngineFault         an engine failed, or the two engines disagree
    ├── DecisionLogError    the decision log could not be written
    └── ColumnsError        a DataFrame has no orders where they are asked for; carries every problem

No text of any of them holds a value of a patient field.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


class OrderguardError(Exception):
    """The root of all errors of this package."""


@dataclass(frozen=True)
class OrderProblem:
    """One reason why a document is no order.

    Attributes:
        path: JSON Pointer (RFC 6901) to the place; empty for the whole document.
        message: a plain sentence that never repeats the value found there.
    """

    path: str
    message: str


class InvalidOrder(OrderguardError):
    """A document that cannot be read as an order."""

    def __init__(self, problems: Iterable[OrderProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{p.path or '(document)'}: {p.message}" for p in self.problems))


@dataclass(frozen=True)
class RulesProblem:
    """One reason why rules do not load.

    Attributes:
        file: the file.
        line: the line, from 1.
        message: what is wrong.
        of_example: whether it is an example that does not hold, of a rule that can be read.
    """

    file: str
    line: int
    message: str
    of_example: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class RulesError(OrderguardError):
    """Rules that cannot be loaded."""

    def __init__(self, problems: Iterable[RulesProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


class EngineFault(OrderguardError):
    """An engine failed, or the two engines disagree. The order is not cleared."""


class DecisionLogError(OrderguardError):
    """A decision could not be written to the decision log."""


class ColumnsError(OrderguardError):
    """The columns of a DataFrame do not fit.

    Args:
        problems: why, a sentence each, which names the column.
    """

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))
