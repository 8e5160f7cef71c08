"""The step catalogue: a page that shows every step, made from the steps themselves.

python -m orderguard.testing.catalogue
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.resources import files

import orderguard.testing.all_steps  # noqa: F401  (importing them declares the steps)
from orderguard.testing.phrases import Phrase
from orderguard.testing.registry import STEPS, Step
from orderguard.testing.slots import SLOTS
from orderguard.testing.things import LISTS, THINGS

_KEYWORDS = {"given": "And", "when": "When", "then": "Then"}
_START = "orderguard.testing.steps_start"


def render_catalogue() -> str:
    """The page, in Markdown."""
    return "".join(
        [
            _text("head.md"),
            *_slot_rows(),
            "\n",
            *_topics("given", "when"),
            _text("things.md"),
            *_thing_rows(),
            "\n",
            _text("lists.md"),
            *(_none(many, one) for many, (one, _) in LISTS.items()),
            "\n",
            *_topics("then"),
        ]
    )


def _none(many: str, one: str) -> str:
    if many == one:
        return f"* `And there is no {one}`\n"
    return f"* `And there are no {many}` (also `there is no {one}`)\n"


def _text(name: str) -> str:
    return files("orderguard.testing").joinpath("catalogue_texts", name).read_text(encoding="utf-8")


def _slot_rows() -> Iterator[str]:
    seen: dict[str, list[str]] = {}
    for slot in SLOTS.values():
        meanings = seen.setdefault(slot.shown, [])
        if slot.meaning not in meanings:
            meanings.append(slot.meaning)
    for shown, meanings in seen.items():
        yield f"| {shown} | {'; or '.join(meanings).replace('|', chr(92) + '|')} |\n"


def _topics(*kinds: str) -> Iterator[str]:
    topic = None
    for step in STEPS:
        if step.kind not in kinds or not step.listed:
            continue
        if step.topic != topic:
            topic = step.topic
            yield f"{_heading(step)}\n"
        yield from _lines(step)
    yield "\n"


def _heading(step: Step) -> str:
    text = sys.modules[step.function.__module__].__doc__ or ""
    title, _, rest = text.strip().partition("\n")
    rest = rest.strip()
    return f"\n## {title.removesuffix('.')}\n" + (f"\n{rest}\n" if rest else "")


def _lines(step: Step) -> Iterator[str]:
    keyword = "Given" if step.function.__module__ == _START else _KEYWORDS[step.kind]
    shown = step.phrase.shown
    form = f" (`{shown}`)" if shown != step.example else ""
    yield f"* `{keyword} {step.example}`{form}  \n  {step.meaning}\n"
    if step.rows is not None:
        rows = "\n".join(f"    {row}" for row in step.rows)
        yield f"\n  ```gherkin\n  {keyword} {step.example}\n{rows}\n  ```\n\n"


def _thing_rows() -> Iterator[str]:
    for thing in THINGS:
        shown = Phrase(thing.name, SLOTS).shown
        name, value = thing.example
        states = f"`And {name} is {value}`" if thing.value else ""
        yield f"| `{shown}` | {states} |\n"


if __name__ == "__main__":
    sys.stdout.write(render_catalogue())
