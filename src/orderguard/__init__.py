"""Verifies infusion orders against declarative, sourced rules.

    from orderguard import Order, Verifier

    verifier = Verifier()
    verdict = verifier.verify(Order.model_validate_json(text))
    verdict.decision, verdict.findings

The names are imported when they are first used, so that the command line can prepare its process before.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from orderguard._version import __version__

if TYPE_CHECKING:
    from orderguard.decision_log import DecisionLog
    from orderguard.errors import (
        DecisionLogError,
        EngineFault,
        InvalidOrder,
        OrderguardError,
        OrderProblem,
        RulesError,
        RulesProblem,
    )
    from orderguard.order import Order
    from orderguard.verdict import Evidence, Finding, Verdict
    from orderguard.verifier import Verifier

__all__ = [
    "DecisionLog",
    "DecisionLogError",
    "EngineFault",
    "Evidence",
    "Finding",
    "InvalidOrder",
    "Order",
    "OrderProblem",
    "OrderguardError",
    "RulesError",
    "RulesProblem",
    "Verdict",
    "Verifier",
    "__version__",
]

_MODULES = {
    "DecisionLog": "decision_log",
    "Evidence": "verdict",
    "Finding": "verdict",
    "Order": "order",
    "Verdict": "verdict",
    "Verifier": "verifier",
}
"""Where the names are that are no errors."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(import_module(f"{__name__}.{_MODULES.get(name, 'errors')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
