"""What `orderguard replay` prints: text for people, or one JSON document."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from orderguard.page import Page
from orderguard.rulebook.pack import Pack, Rulebook
from orderguard.tools.changes import Direction, RuleChange, Said, decision_direction, said_direction
from orderguard.tools.replay import Orders, Place, Replay

_HEADINGS = {
    Direction.MILDER: "Milder",
    Direction.STRICTER: "Stricter",
    Direction.NEITHER: "Neither milder nor stricter",
}
_Row = tuple[Direction, str, Said, Said, Orders]


def put_replay(page: Page, replay: Replay, old: Rulebook, new: Rulebook) -> None:
    """The rules compared, the change of each, then decisions and outcomes, the milder ones first."""
    _put_packs(page, "Old", old)
    _put_packs(page, "New", new)
    _put_same_versions(page, old.packs, new.packs)
    _put_rules(page, replay)
    page.blank()
    page.put(_summary(replay))
    if replay.decisions:
        page.blank()
        page.put("Decisions")
        for direction, before, after, orders in _decisions(replay):
            page.put(f"{before} -> {after} ({direction}): {_counted(orders)}", indent=2, hang=2)
    rows = _outcomes(replay)
    for direction, heading in _HEADINGS.items():
        _put_outcomes(page, heading, [row for row in rows if row[0] is direction])
    page.blank()
    page.put(_conclusion(replay))


def _conclusion(replay: Replay) -> str:
    if replay.is_milder:
        return "Something is milder."
    if not replay.compared:
        return "No order was judged, so nothing is known of what gets milder."
    return "Nothing is milder."


def _put_packs(page: Page, name: str, rulebook: Rulebook) -> None:
    for pack in rulebook.packs:
        page.put(f"{name}: {pack.id} {pack.version} sha256:{pack.sha256[:16]}")
    if rulebook.site is not None:
        page.put(f"{name}: site {rulebook.site.name}")


def _put_same_versions(page: Page, old: Iterable[Pack], new: Iterable[Pack]) -> None:
    """Name the packs whose content changed under the same version."""
    before = {(pack.id, pack.version): pack.sha256 for pack in old}
    for pack in new:
        if before.get((pack.id, pack.version), pack.sha256) != pack.sha256:
            page.put(f"{pack.id}: other content under the same version; raise the version.", hang=2)


def _put_rules(page: Page, replay: Replay) -> None:
    rules = replay.rules
    if not (rules.added or rules.removed or rules.changed):
        page.blank()
        page.put("No rule reads otherwise.")
        return
    page.blank()
    page.put("Rules")
    for rule_id in rules.removed:
        page.put(f"{rule_id}: removed or switched off (milder)", indent=2, hang=2)
    for rule_id in rules.added:
        page.put(f"{rule_id}: added or switched on", indent=2, hang=2)
    for change in rules.changed:
        _put_rule_change(page, change)


def _put_rule_change(page: Page, change: RuleChange) -> None:
    way = "" if change.direction is Direction.NEITHER else f" ({change.direction})"
    severities = change.old_severities
    if change.old_severities != change.new_severities:
        severities = f"{change.old_severities} -> {change.new_severities}{way}"
    page.put(f"{change.rule_id}: {severities}", indent=2, hang=2)
    if change.old_sentence != change.new_sentence:
        page.field("was", change.old_sentence, indent=4)
        page.field("is", change.new_sentence, indent=4)


def _summary(replay: Replay) -> str:
    text = f"{_count(replay.compared, 'order')} judged by both; {_count(replay.changed, 'order')} changed."
    if replay.invalid:
        text += f" {_count(replay.invalid, 'record')} could not be read as an order."
    if replay.faults:
        text += f" {_count(replay.faults, 'order')} could not be judged."
    return text


def _put_outcomes(page: Page, heading: str, rows: Sequence[_Row]) -> None:
    if rows:
        page.blank()
        page.put(heading)
    for _, rule_id, old, new, orders in rows:
        page.put(f"{rule_id}: {_words(old)} -> {_words(new)}: {_counted(orders)}", indent=2, hang=2)


def _words(said: Said) -> str:
    severity = "" if said.severity is None else f"{said.severity}{'*' * said.overridable} "
    return severity + said.outcome.replace("-", " ")


def _counted(orders: Orders) -> str:
    """How many orders, and the first of them with their places."""
    if not orders.examples:
        return _count(orders.count, "order")
    named = ", ".join(_place(place) for place in orders.examples)
    return f"{_count(orders.count, 'order')}: {named}{', ...' * (orders.count > len(orders.examples))}"


def _place(place: Place) -> str:
    where = f"record {place.record}" if place.line is None else f"line {place.line}"
    return f"{place.order_id} ({place.source}, {where})"


def _decisions(replay: Replay) -> list[tuple[Direction, str, str, Orders]]:
    rows = [(decision_direction(*pair), *pair, orders) for pair, orders in replay.decisions.items()]
    return sorted(rows, key=lambda row: (list(_HEADINGS).index(row[0]), row[1:3]))


def _outcomes(replay: Replay) -> list[_Row]:
    rows = [
        (said_direction(old, new), rule_id, old, new, orders)
        for (rule_id, old, new), orders in replay.outcomes.items()
    ]
    return sorted(
        rows, key=lambda row: (list(_HEADINGS).index(row[0]), row[1], _words(row[2]), _words(row[3]))
    )


def replay_json(replay: Replay, old: Rulebook, new: Rulebook) -> str:
    """The same as one JSON document."""
    document = {
        "milder": replay.is_milder,
        "old": _rulebook_json(old),
        "new": _rulebook_json(new),
        "rules": {
            "added": list(replay.rules.added),
            "removed": list(replay.rules.removed),
            "changed": [_rule_json(change) for change in replay.rules.changed],
        },
        "orders": {
            "compared": replay.compared,
            "changed": replay.changed,
            "invalid": replay.invalid,
            "faults": replay.faults,
        },
        "decisions": [
            {"direction": direction, "old": before, "new": after, **_orders_json(orders)}
            for direction, before, after, orders in _decisions(replay)
        ],
        "outcomes": [
            {
                "direction": direction,
                "rule": rule_id,
                "old": _said_json(before),
                "new": _said_json(after),
                **_orders_json(orders),
            }
            for direction, rule_id, before, after, orders in _outcomes(replay)
        ],
    }
    return json.dumps(document, indent=2) + "\n"


def _rulebook_json(rulebook: Rulebook) -> dict[str, Any]:
    packs = [{"pack": pack.id, "version": pack.version, "sha256": pack.sha256} for pack in rulebook.packs]
    return {"packs": packs, "site": None if rulebook.site is None else rulebook.site.name}


def _rule_json(change: RuleChange) -> dict[str, Any]:
    return {
        "rule": change.rule_id,
        "direction": change.direction,
        "old": {"severities": change.old_severities.split("/"), "sentence": change.old_sentence},
        "new": {"severities": change.new_severities.split("/"), "sentence": change.new_sentence},
    }


def _said_json(said: Said) -> dict[str, Any]:
    return {"outcome": said.outcome, "severity": said.severity, "overridable": said.overridable}


def _orders_json(orders: Orders) -> dict[str, Any]:
    examples = [
        {"order_id": each.order_id, "source": each.source, "record": each.record, "line": each.line}
        for each in orders.examples
    ]
    return {"orders": orders.count, "examples": examples}


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
