"""What a scaffolded rule still lacks: the marker that stands for it, and where it stands in a rule file.

A rule with the marker anywhere in it is not loaded: a scaffold that nobody filled in never judges an order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from orderguard.rulebook.yaml_source import YamlPath, YamlValue

MARKER = "TODO"
"""Stands in a scaffold for what a person must fill in. No text of a rule may hold it as a word."""

_MARKED = re.compile(rf"\b{MARKER}\b")


def unfilled(data: YamlValue, path: YamlPath = ()) -> Iterator[YamlPath]:
    """The place of every text, and of every key, that holds the marker."""
    if isinstance(data, str):
        if _MARKED.search(data):
            yield path
    elif isinstance(data, dict):
        for key, value in data.items():
            if _MARKED.search(key):
                yield (*path, key)
            else:
                yield from unfilled(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from unfilled(value, (*path, index))
