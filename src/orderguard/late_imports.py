"""Modules that others import at their top but that a command hardly ever uses."""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType


def import_late(name: str) -> None:
    """Have `import name` give a stand-in, which imports the module when something of it is asked for.

    What was imported already stays as it is. (The standard library's LazyLoader would run the module as soon
    as a second one imports it.)
    """
    stand_in = ModuleType(name)

    def attribute(attribute_name: str) -> object:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]
        value: object = getattr(import_module(name), attribute_name)
        return value

    stand_in.__getattr__ = attribute  # type: ignore[method-assign]
    sys.modules.setdefault(name, stand_in)
