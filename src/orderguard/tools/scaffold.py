"""`orderguard rules new`: a rule with every part to fill in, as YAML.

What a person must fill in is marked `TODO`. A rule with a mark left is not loaded (`rulebook/unfilled.py`).
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from orderguard.errors import RulesError
from orderguard.facts.definition import Fact, Kind
from orderguard.facts.vocabulary import Vocabulary, build_vocabulary
from orderguard.findings import ORDER_SCOPE
from orderguard.output import ExitCode, complain, write_out
from orderguard.rulebook.compile_pack import RESERVED_IDS
from orderguard.rulebook.conditions import suggestion
from orderguard.rulebook.document import Identifier
from orderguard.rulebook.load import load_words, read_packs
from orderguard.rulebook.site import rules_directory
from orderguard.rulebook.unfilled import MARKER
from orderguard.rulebook.yaml_source import YamlSource, parse_yaml, read_yaml
from orderguard.tools.rule_page import values_of

_IDENTIFIER: TypeAdapter[str] = TypeAdapter(Identifier)
_ID_LENGTH = 64
_FIRST_VERSION = "0.1"
_ITEM = re.compile(r"^( *)- id:", re.MULTILINE)
_USUAL_INDENT = "  "
_WIDTH = 78
"""Of a line without the indent of the rules."""


class ScaffoldError(Exception):
    """A rule that cannot be scaffolded as it was asked for; the text says why."""


def scaffold(
    rule_id: str,
    directory: Path,
    *,
    pack: Path | None = None,
    site: Path | None = None,
    scope: str | None = None,
    fact: str | None = None,
) -> str:
    """A rule to fill in, as an item of a pack's `rules`.

    Args:
        rule_id: the id of the rule.
        directory: the directory of rules in which the id must be free.
        pack: the rule file that it is for; its sources are offered.
        site: the file of a site, whose rules count too; None for none.
        scope: what the rule is asked of; None takes the scope of the fact, else the order.
        fact: the fact that the rule is about; it gives the condition and the examples their form.

    Raises:
        ScaffoldError: the id is not one or is taken, or there is no such scope or fact.
        RulesError: a rule file cannot be read.
    """
    source = None if pack is None else read_yaml(pack)
    own = None if site is None else rules_directory(site)
    packs, problems = read_packs(directory)
    if own is not None:
        more, unreadable = read_packs(own, needed=False)
        packs, problems = packs + more, problems + unreadable
    if problems:
        raise RulesError(problems)
    _check_id(rule_id, [*packs, *([] if source is None else [source])])
    vocabulary = build_vocabulary(load_words(directory, site))
    about = None if fact is None else _fact(fact, vocabulary)
    data: Any = {} if source is None else source.data
    head = data if isinstance(data, dict) else {}
    return rule_text(rule_id, _scope(scope, about, vocabulary), about, vocabulary, head)


def offer(rule_id: str, directory: Path, pack: Path | None, *, write: bool, **about: Any) -> ExitCode:
    """Print a rule to fill in, or with `write` add it to its file; `about` is as for `scaffold`.

    Raises:
        RulesError: a rule file cannot be read.
    """
    try:
        if write and pack is None:
            raise ScaffoldError("--write needs --pack")
        text = scaffold(rule_id, directory, pack=pack, **about)
        if write and pack is not None:
            append(text, pack)
        else:
            write_out(text)
    except ScaffoldError as error:
        complain(str(error))
        return ExitCode.USAGE
    return ExitCode.VERIFIED


def rule_text(
    rule_id: str, scope: str, fact: Fact | None, vocabulary: Vocabulary, pack: Mapping[str, Any]
) -> str:
    """The YAML of a rule to fill in; `pack` is the content of the rule file that it is for, or empty."""
    lines = _rule(rule_id, scope, fact, vocabulary, pack)
    return "".join(f"{_USUAL_INDENT}{line}\n" for line in lines)


def append(rule: str, pack: Path) -> None:
    """Add a rule to the end of a rule file.

    Raises:
        ScaffoldError: the file does not end with its rules, or cannot be written.
        RulesError: the file cannot be read.
    """
    before = read_yaml(pack)
    text = pack.read_bytes().decode("utf-8-sig")
    item = _ITEM.search(text)
    indent = _USUAL_INDENT if item is None else item[1]
    own = "".join(f"{indent}{line[len(_USUAL_INDENT) :]}" if line.strip() else line for line in _lines(rule))
    longer = f"{text.rstrip()}\n\n{own}"
    if not _is_one_rule_more(before, longer):
        raise ScaffoldError(f"{pack} does not end with its `rules`; put the rule in by hand")
    try:
        pack.write_bytes(longer.encode())
    except OSError as error:
        raise ScaffoldError(f"{pack} cannot be written: {error.strerror or type(error).__name__}") from None


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _is_one_rule_more(before: YamlSource, text: str) -> bool:
    """Whether a text holds a rule file as it was, with a rule more at its end."""
    try:
        after: Any = parse_yaml(text).data
    except RulesError:
        return False
    old: Any = before.data
    if not all(isinstance(data, dict) and isinstance(data.get("rules"), list) for data in (old, after)):
        return False
    return len(after["rules"]) == len(old["rules"]) + 1 and {**after, "rules": after["rules"][:-1]} == old


# -- what was asked for --------------------------------------------------------------------------------------


def _check_id(rule_id: str, packs: Sequence[YamlSource]) -> None:
    try:
        _IDENTIFIER.validate_python(rule_id)
    except ValidationError:
        form = f"lower-case words of letters and digits, joined by hyphens, at most {_ID_LENGTH} characters"
        raise ScaffoldError(f"`{rule_id}` is no id of a rule: {form}") from None
    if rule_id in RESERVED_IDS:
        raise ScaffoldError(f"the id `{rule_id}` is reserved")
    for source in packs:
        data: Any = source.data
        rules = data.get("rules") if isinstance(data, dict) else None
        for index, rule in enumerate(rules if isinstance(rules, list) else ()):
            if isinstance(rule, dict) and rule.get("id") == rule_id:
                line = source.line(("rules", index, "id"))
                raise ScaffoldError(f"the id `{rule_id}` is taken already ({source.file}:{line})")


def _fact(name: str, vocabulary: Vocabulary) -> Fact:
    fact = vocabulary.get(name)
    if fact is None:
        raise ScaffoldError(f"there is no fact `{name}`{suggestion(name, list(vocabulary))}")
    return fact


def _scope(name: str | None, fact: Fact | None, vocabulary: Vocabulary) -> str:
    if name is None:
        return ORDER_SCOPE if fact is None else fact.scope
    if name not in vocabulary.scopes:
        scopes = ", ".join(f"`{scope}`" for scope in vocabulary.scopes)
        raise ScaffoldError(f"there is no scope `{name}`; there are {scopes}")
    if fact is not None and fact.scope not in (ORDER_SCOPE, name):
        raise ScaffoldError(f"the fact `{fact.name}` of the scope `{fact.scope}` cannot be used in `{name}`")
    return name


# -- the rule ------------------------------------------------------------------------------------------------


def _rule(
    rule_id: str, scope: str, fact: Fact | None, vocabulary: Vocabulary, pack: Mapping[str, Any]
) -> Iterator[str]:
    version = pack.get("version")
    since = version if isinstance(version, str) else _FIRST_VERSION
    yield f"- id: {rule_id}"
    yield from _said("What must hold, in a few words.")
    yield f"  title: {MARKER}"
    yield from _said("How much a finding weighs: block, warn or info.")
    yield "  severity: block"
    yield from _said("Only for block: a named pharmacist may release the order in spite of it.")
    yield "  # overridable: true"
    yield from _said(f"What it is asked of: {', '.join(vocabulary.scopes)}.")
    yield f"  scope: {scope}"
    yield from _said("When it is asked; without the key always.")
    yield f"  # applies: {{{MARKER}: {{equals: true}}}}"
    yield from _require(fact)
    yield from _said("{fact} stands for the measured value and {fact operator} for the limit.")
    yield from _message(fact)
    yield from _said("What to do about a finding.")
    yield f"  action: {MARKER}"
    yield from _said("Why the rule exists.")
    yield f"  rationale: {MARKER}"
    yield from _sources(pack)
    yield from _said("How well the source was read: high, medium, low, or recall for not read again.")
    yield "  confidence: recall"
    yield from _said("What a reader should know of the reading; recall needs a note.")
    yield f"  note: {MARKER}"
    yield from _said("Until a pharmacist signs.")
    yield "  review: unreviewed"
    yield from _said("The first version of the pack with this rule.")
    yield f'  since: "{since}"'
    yield from _said("If a site may not loosen it.")
    yield "  # locked: true"
    yield from _examples(fact)
    yield from _said("Instead of an example of an outcome that cannot occur, say why it cannot.")
    yield f"  # cannot: {{not-evaluated: {MARKER}}}"


def _said(text: str) -> Iterator[str]:
    """A comment on what comes below."""
    yield from textwrap.wrap(text, _WIDTH, initial_indent="  # ", subsequent_indent="  # ")


def _require(fact: Fact | None) -> Iterator[str]:
    if fact is None:
        yield from _said(
            "A fact with an operator, such as {infusion.dose_mg: {equals: 12}}, or all, any, not with more"
            " of them. Editors list the facts (`orderguard schema rules`)."
        )
        yield f"  require: {{{MARKER}: {{equals: {MARKER}}}}}"
        return
    yield from _said(f"{fact.label}: {values_of(fact)}. {_OPERATORS[fact.kind]}")
    yield "  require:"
    constant = "true" if fact.kind is Kind.BOOLEAN else MARKER
    yield f"    {fact.name}: {{{_operator(fact)}: {constant}}}"


_OPERATORS = {
    Kind.BOOLEAN: "Operator: equals, with true or false.",
    Kind.WORD: "Operators: equals, or one_of with a list of words.",
    Kind.INTEGER: "Operators: at_least, at_most, more_than, less_than, equals.",
    Kind.DECIMAL: "Operators: at_least, at_most, more_than, less_than, equals.",
}


def _operator(fact: Fact) -> str:
    return "at_least" if fact.kind in (Kind.INTEGER, Kind.DECIMAL) else "equals"


def _message(fact: Fact | None) -> Iterator[str]:
    if fact is None:
        yield f"  message: {MARKER}"
        return
    yield "  message: >-"
    yield f"    {MARKER} {fact.label}: {{{fact.name}}};"
    yield f"    required: {{{fact.name} {_operator(fact)}}}."


def _sources(pack: Mapping[str, Any]) -> Iterator[str]:
    known = pack.get("sources")
    listed = f" Listed in this file: {', '.join(known)}." if isinstance(known, dict) else ""
    yield from _said(f"Where the limit was read; a block rule needs a source.{listed}")
    yield "  sources:"
    yield f"    - {{source: {MARKER}, section: {MARKER}}}"


def _examples(fact: Fact | None) -> Iterator[str]:
    yield from _said(
        "An example of each outcome, and both sides of each limit. A fact that is left out is not known."
    )
    name = MARKER if fact is None else fact.name
    cleared, violated = ("true", "false") if fact and fact.kind is Kind.BOOLEAN else (MARKER, MARKER)
    is_number = fact is not None and fact.kind in (Kind.INTEGER, Kind.DECIMAL)
    at_limit, beyond = ("at the limit", "just beyond the limit") if is_number else ("met", "not met")
    yield "  examples:"
    for example, value, outcome in ((at_limit, cleared, "cleared"), (beyond, violated, "violated")):
        yield f"    - name: {example}"
        yield f"      facts: {{{name}: {value}}}"
        yield f"      expect: {outcome}"
    yield "    - name: not known"
    yield "      facts: {}"
    yield "      expect: not-evaluated"
