"""How pytest gets the plugin in a run that a test starts: by itself where orderguard is installed."""

from __future__ import annotations

from importlib.metadata import entry_points

_INSTALLED = any(entry.name == "orderguard" for entry in entry_points(group="pytest11"))
PLUGIN_OPTIONS = () if _INSTALLED else ("-p", "orderguard.testing.plugin")
