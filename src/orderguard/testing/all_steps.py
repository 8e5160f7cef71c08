"""Every module of steps; importing it declares all of them, in the order of the step catalogue."""

from orderguard.testing import steps_start  # isort: skip
from orderguard.testing import steps_order  # isort: skip
from orderguard.testing import steps_infusions  # isort: skip
from orderguard.testing import steps_premedication  # isort: skip
from orderguard.testing import steps_patient  # isort: skip
from orderguard.testing import steps_history  # isort: skip
from orderguard.testing import steps_laboratory  # isort: skip
from orderguard.testing import steps_rems  # isort: skip
from orderguard.testing import steps_pharmacy  # isort: skip
from orderguard.testing import steps_outcome  # isort: skip

__all__ = [
    "steps_history",
    "steps_infusions",
    "steps_laboratory",
    "steps_order",
    "steps_outcome",
    "steps_patient",
    "steps_pharmacy",
    "steps_premedication",
    "steps_rems",
    "steps_start",
]
