"""What makes a process of the command line start fast; not for programs that import orderguard."""

from __future__ import annotations

import gc
import os
import sys

from orderguard.late_imports import import_late

_HARDLY_USED = ("asyncio", "csv", "importlib.metadata._adapters", "zipfile")
"""What structlog and Pydantic import for uses that no command makes of them."""

_ONLY_FOR_TRACEBACKS = ("rich.console", "rich.pretty")
"""structlog would import them to show tracebacks, which the decision log has none of."""

_MORE_OBJECTS_THAN_A_START_MAKES = 500_000
_OBJECTS_BEFORE_COLLECTION = 50_000


def prepare_process() -> None:
    """Prepare this process, before Pydantic is imported."""
    # Searching all that is installed for plugins of Pydantic takes long, and none may see an order.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    # None: not there.
    sys.modules |= dict.fromkeys(_ONLY_FOR_TRACEBACKS)  # type: ignore[arg-type]
    for name in _HARDLY_USED:
        import_late(name)
    # Importing and loading make many objects and hardly any garbage.
    gc.set_threshold(_MORE_OBJECTS_THAN_A_START_MAKES)


def end_start() -> None:
    """Before many orders may follow: collect garbage more often, but not among what was made so far."""
    gc.freeze()
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTION)


def allow_rich() -> None:
    """Let the whole of Rich be imported after all."""
    for name in _ONLY_FOR_TRACEBACKS:
        if sys.modules.get(name, sys) is None:
            del sys.modules[name]
