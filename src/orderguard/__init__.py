"""Verifies infusion orders against declarative, sourced rules.

    from orderguard import Order, Verifier

    verifier = Verifier()
    verdict = verifier.verify(Order.model_validate_json(text))
    verdict.decision, verdict.findings
"""

from orderguard._version import __version__
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
