"""How the limits of a rule and its smallest table are read: by people, in a rule file, by programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence

from orderguard.facts.definition import Fact, FactValue
from orderguard.facts.vocabulary import Vocabulary
from orderguard.messages import plain
from orderguard.page import Page
from orderguard.rulebook.conditions import format_value
from orderguard.rulebook.pack import Outcome, Rule, Severity
from orderguard.tools.boundaries import Case, Limit, Row, Table

_PLAIN_YAML = re.compile(r"[A-Za-z][A-Za-z0-9 ./()-]*[A-Za-z0-9)]|[A-Za-z]")
_NOT_TEXT = ("true", "false", "null")
_LINE = 110
_MISSING = "not known"


def as_text(rule: Rule, limits: Sequence[Limit], table: Table, vocabulary: Vocabulary) -> str:
    """What the rule says around each limit, and the smallest table."""
    page = Page()
    page.put(f"{rule.id}: {rule.title}")
    for limit in limits:
        page.blank()
        _put_limit(page, limit, vocabulary)
    page.blank()
    _put_table(page, table)
    return page.take() + as_yaml(table, vocabulary)


def _put_limit(page: Page, limit: Limit, vocabulary: Vocabulary) -> None:
    constants = " and ".join(format_value(limit.fact, constant) for constant in limit.limits)
    page.put(f"{limit.fact.label}, compared with {constants}")
    if limit.beside:
        page.field("Beside", _listed(limit.beside, vocabulary))
    shown = [(_value(limit.fact, row.value), row) for row in limit.rows]
    width = max(len(text) for text, _ in shown)
    for text, row in shown:
        page.put(f"{text:{width}}  {_said(row)}", indent=2, hang=width + 2)


def _put_table(page: Page, table: Table) -> None:
    page.put(
        f"The smallest table found has {len(table.cases)} examples. It tells the rule from {table.noticed} of"
        f" its {table.mutants} mutants. Replace facts that cannot go together in a patient."
    )
    for mutant in table.equivalent:
        page.field("Nothing can tell from the rule", mutant.name)
    page.blank()


def _said(row: Row) -> str:
    return row.outcome.value if row.severity is None else f"{row.outcome} ({row.severity})"


def _value(fact: Fact, value: FactValue | None) -> str:
    return _MISSING if value is None else format_value(fact, value)


def _listed(facts: Mapping[str, FactValue], vocabulary: Vocabulary) -> str:
    return "; ".join(_phrase(vocabulary[name], value) for name, value in facts.items())


def _phrase(fact: Fact, value: FactValue | None) -> str:
    return f"{fact.label}: {_value(fact, value)}"


# -- ready to paste ------------------------------------------------------------------------------------------


def as_yaml(table: Table, vocabulary: Vocabulary) -> str:
    """The table as the `examples` of a rule, indented as it stands in a rule file."""
    lines = ["    examples:"]
    for case, name in zip(table.cases, names_of(table.cases, vocabulary), strict=True):
        lines += _example(name, {}, case.facts, (case.outcome, case.severity, case.overridable))
    for example in table.others:
        stated = example.expect, example.severity, example.overridable
        lines += _example(example.name, example.settings, example.facts, stated)
    return "\n".join(lines) + "\n"


def _example(
    name: str,
    settings: Mapping[str, FactValue],
    facts: Mapping[str, FactValue],
    stated: tuple[Outcome, Severity | None, bool | None],
) -> list[str]:
    outcome, severity, overridable = stated
    lines = [f"      - name: {_text(name)}"]
    if settings:
        lines += _mapping("settings", settings)
    lines += [*_mapping("facts", facts), f"        expect: {outcome}"]
    if severity is not None:
        lines.append(f"        severity: {severity}")
    if overridable is not None:
        lines.append(f"        overridable: {_constant(overridable)}")
    return lines


def _mapping(key: str, values: Mapping[str, FactValue]) -> list[str]:
    """The values on one line where they fit, else one a line."""
    pairs = [f"{name}: {_constant(value)}" for name, value in sorted(values.items())]
    line = f"        {key}: {{{', '.join(pairs)}}}"
    return [line] if len(line) <= _LINE else [f"        {key}:", *(f"          {pair}" for pair in pairs)]


def _constant(value: FactValue) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return _text(value) if isinstance(value, str) else plain(value)


def _text(text: str) -> str:
    """A text as YAML takes it, in quotes where they are needed."""
    if _PLAIN_YAML.fullmatch(text) and text not in _NOT_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False)


def names_of(cases: Sequence[Case], vocabulary: Vocabulary) -> list[str]:
    """A name for each case: its own, or what sets it apart from the most alike one before, in plain words."""
    taken: set[str] = {case.name for case in cases if case.name is not None}
    names = []
    for number, case in enumerate(cases):
        name = case.name
        if name is None:
            differing = [_differing(case.facts, other.facts) for other in cases[:number]]
            least = min([_differing(case.facts, {}), *differing], key=len)
            name = _unique(_described(case.facts, least, vocabulary), taken)
            taken.add(name)
        names.append(name)
    return names


def _differing(facts: Mapping[str, FactValue], other: Mapping[str, FactValue]) -> list[str]:
    return [name for name in sorted({*facts, *other}) if facts.get(name) != other.get(name)]


def _described(facts: Mapping[str, FactValue], names: Sequence[str], vocabulary: Vocabulary) -> str:
    text = "; ".join(_phrase(vocabulary[name], facts.get(name)) for name in names) or "nothing known"
    return text[:1].upper() + text[1:]


def _unique(name: str, taken: Iterable[str]) -> str:
    names = set(taken)
    number = 1
    found = name
    while found in names:
        number += 1
        found = f"{name} ({number})"
    return found


# -- programs ------------------------------------------------------------------------------------------------


def as_json(rule: Rule, limits: Sequence[Limit], table: Table, vocabulary: Vocabulary) -> str:
    """The limits and the table as one JSON object; numbers are text, so that no digit is lost."""
    names = names_of(table.cases, vocabulary)
    document = {
        "rule": rule.id,
        "limits": [
            {
                "fact": limit.fact.name,
                "limits": [_json(constant) for constant in limit.limits],
                "beside": {name: _json(value) for name, value in limit.beside.items()},
                "rows": [
                    {"value": _json(row.value), "outcome": row.outcome, "severity": row.severity}
                    for row in limit.rows
                ],
            }
            for limit in limits
        ],
        "examples": [
            {
                "name": name,
                "facts": {key: _json(value) for key, value in sorted(case.facts.items())},
                "expect": case.outcome,
                "severity": case.severity,
                "overridable": case.overridable,
            }
            for name, case in zip(names, table.cases, strict=True)
        ],
        "mutants": table.mutants,
        "noticed": table.noticed,
        "equivalent": [mutant.name for mutant in table.equivalent],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _json(value: FactValue | None) -> bool | str | None:
    return value if value is None or isinstance(value, bool | str) else plain(value)


__all__ = ["as_json", "as_text", "as_yaml", "names_of"]
