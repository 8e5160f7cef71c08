"""A site's file: what it says, checked against the packs, and the packs as it changes them."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pydantic import ValidationError

from orderguard.errors import RulesError, RulesProblem
from orderguard.facts.vocabulary import Vocabulary
from orderguard.rulebook.conditions import suggestion
from orderguard.rulebook.document import document_problems
from orderguard.rulebook.pack import Loosened, Pack, Raised, Rule, Severity, SiteChanges, questions_of
from orderguard.rulebook.settings import SettingValue, WordSetting, resolve, value_text
from orderguard.rulebook.site_document import (
    LooseningDocument,
    SiteDocument,
    SitePackDocument,
    plain_weights,
)
from orderguard.rulebook.weight import Weight, lowered, raised, weight_of, weights_text
from orderguard.rulebook.yaml_source import YamlPath, YamlSource, read_yaml

OFF = "off"
PROFILE = "profile"
"""The setting that a site file may choose for all packs at once."""

_NO_PART = SitePackDocument()

Compile = Callable[[Pack, Mapping[str, SettingValue]], Pack]
"""Compiles a pack anew with values of its settings."""


@dataclass(frozen=True)
class SiteFile:
    """A site file that was read.

    Attributes:
        source: the file.
        document: what it says, without the parts whose shape is wrong.
        rules: the directory of the site's own packs and value sets, which may not exist; None without one.
        problems: what is wrong with the shape of those parts; rules with any of them must not load.
    """

    source: YamlSource
    document: SiteDocument
    rules: Path | None
    problems: tuple[RulesProblem, ...] = ()


def rules_directory(path: Path) -> Path | None:
    """The directory of rules that a site file names; None without one.

    Raises:
        RulesError: the file cannot be read.
    """
    return _rules_of(read_yaml(path).data, path)


def _rules_of(data: object, path: Path) -> Path | None:
    named = data.get("rules") if isinstance(data, dict) else None
    return path.parent / named.strip() if isinstance(named, str) and named.strip() else None


def read_site(path: Path) -> SiteFile:
    """Read a site file.

    Raises:
        RulesError: it cannot be read, or so much of its shape is wrong that nothing else can be checked.
    """
    source = read_yaml(path)
    data = plain_weights(source.data)
    rules = _rules_of(source.data, path)
    try:
        return SiteFile(source, SiteDocument.model_validate(data), rules)
    except ValidationError as error:
        start = "a site file is a mapping that starts with `site:`"
        problems = tuple(document_problems(source, error, SiteDocument, start))
        broken = [entry["loc"] for entry in error.errors(include_input=False, include_url=False)]
    try:
        return SiteFile(source, SiteDocument.model_validate(_without(data, broken)), rules, problems)
    except ValidationError:
        raise RulesError(problems) from None


def _without(data: object, broken: Sequence[YamlPath]) -> object:
    """The data without the broken keys; a key whose list has a broken item goes as a whole."""
    kept = copy.deepcopy(data)
    for path in broken:
        part: object = kept
        holder: dict[str | int, object] | None = None
        last: str | int = ""
        # What Pydantic adds to a path for the alternatives of a value is no key of the data.
        for step in path:
            if not isinstance(part, dict) or step not in part:
                break
            holder, last, part = part, step, part[step]
        if holder is not None:
            holder.pop(last, None)
    return kept


def apply_site(
    site: SiteFile, packs: Sequence[Pack], vocabulary: Vocabulary, compiled: Compile
) -> tuple[tuple[Pack, ...], SiteChanges]:
    """The packs as a site changes them, and what it loosens in any of them.

    Args:
        site: the site file.
        packs: the packs as their files say, each with its examples judged.
        vocabulary: the facts that rules may use.
        compiled: compiles one of the packs anew with values of its settings.

    Raises:
        RulesError: the file asks for what is not there or not allowed; carries every problem.
    """
    problems = _unknown_packs(site, packs)
    changed = []
    for pack in packs:
        change = _PackChange(site, pack, vocabulary)
        changed.append(change.applied(compiled))
        problems += change.problems
    if problems:
        raise RulesError(sorted(problems, key=lambda problem: problem.line))
    loosened = tuple(entry for pack in changed if pack.site for entry in pack.site.loosened)
    return tuple(changed), SiteChanges(site.document.site, loosened=loosened)


def _unknown_packs(site: SiteFile, packs: Sequence[Pack]) -> list[RulesProblem]:
    """Packs that are not loaded, and a profile that no pack has."""
    ids = [pack.id for pack in packs]
    problems = [
        site.source.problem(("packs", name), f"there is no pack `{name}`{suggestion(name, ids)}")
        for name in site.document.packs
        if name not in ids
    ]
    profiles = [pack.settings.declared[PROFILE] for pack in packs if PROFILE in pack.settings.declared]
    words = {word for p in profiles if isinstance(p, WordSetting) for word in p.choices}
    profile = site.document.profile
    if profile is not None and profile not in words:
        known = ", ".join(f"`{word}`" for word in sorted(words)) or "none"
        problems.append(
            site.source.problem((PROFILE,), f"no pack has the profile `{profile}`; there are {known}")
        )
    return problems


class _PackChange:
    """What a site changes about one pack. Problems are collected, not raised."""

    def __init__(self, site: SiteFile, pack: Pack, vocabulary: Vocabulary) -> None:
        self.problems: list[RulesProblem] = []
        self._site = site
        self._pack = pack
        self._vocabulary = vocabulary
        self._part = site.document.packs.get(pack.id, _NO_PART)

    def applied(self, compiled: Compile) -> Pack:
        """The pack as the site changes it."""
        pack = self._with_settings(compiled)
        rules = {rule.id: rule for rule in pack.rules}
        raising = self._raised(rules, pack)
        loosening = self._loosened(rules, pack)
        changes = SiteChanges(self._site.document.site, pack.settings.changed(), raising, loosening)
        if not changes or self.problems:
            return replace(pack, site=changes)
        return self._rebuilt(pack, rules, changes)

    # -- settings --

    def _with_settings(self, compiled: Compile) -> Pack:
        declared = self._pack.settings.declared
        chosen: dict[str, object] = {}
        profile = declared.get(PROFILE)
        word = self._site.document.profile
        if isinstance(profile, WordSetting) and word in profile.choices:
            chosen[PROFILE] = word
        chosen |= self._part.settings
        settings = resolve(declared, chosen, lambda name, text: self._note(("settings", name), text))
        if settings.values == self._pack.settings.values:
            # A value may be chosen against the usual one and yet be the pack's own default.
            return replace(self._pack, settings=settings)
        values = {name: value for name, value in settings.values.items() if name in chosen}
        return replace(compiled(self._pack, values), settings=settings)

    # -- rules --

    def _raised(self, rules: dict[str, Rule], pack: Pack) -> tuple[Raised, ...]:
        """The rules that are raised; each is replaced in `rules`."""
        found = []
        for rule_id, part in self._part.raise_.items():
            path = ("raise", rule_id)
            rule = self._rule(rules, pack, rule_id, path)
            weight = self._weight(part.severity, path, overridable=part.overridable)
            if rule is None or weight is None:
                continue
            stricter = raised(rule, weight)
            if stricter is rule:
                loosen = (
                    "" if weight == weight_of(rule.levels[-1]) else "; to make it milder, list it in `loosen`"
                )
                self._note(path, f"raises nothing: `{rule_id}` is {weights_text(rule)} already{loosen}")
                continue
            rules[rule_id] = stricter
            found.append(Raised(rule_id, weights_text(rule), weights_text(stricter)))
        return tuple(found)

    def _loosened(self, rules: dict[str, Rule], pack: Pack) -> tuple[Loosened, ...]:
        """The rules that are loosened; each is replaced in `rules`, or taken out."""
        found = []
        named: set[str] = set()
        for index, part in enumerate(self._part.loosen):
            path = ("loosen", index)
            if part.rule in named:
                self._note((*path, "rule"), f"the rule `{part.rule}` is listed twice")
                continue
            named.add(part.rule)
            rule = self._rule(rules, pack, part.rule, (*path, "rule"))
            if rule is None or not self._may_be_loosened(rule, path):
                continue
            was = weights_text(rule)
            now = self._milder(rule, part, path)
            if now is None:
                continue
            if now is rule:
                del rules[part.rule]
            else:
                rules[part.rule] = now
            text = OFF if now is rule else weights_text(now)
            found.append(Loosened(part.rule, was, text, part.by, part.on, part.reason))
        if not rules:
            self._note(("loosen",), "no rule of the pack would be left")
        return tuple(found)

    def _may_be_loosened(self, rule: Rule, path: YamlPath) -> bool:
        if rule.locked:
            self._note((*path, "rule"), f"the rule `{rule.id}` is locked: no site may loosen it")
        elif rule.id in self._part.raise_:
            self._note((*path, "rule"), f"the rule `{rule.id}` stands in `raise` too")
        else:
            return True
        return False

    def _milder(self, rule: Rule, part: LooseningDocument, path: YamlPath) -> Rule | None:
        """The rule as it is loosened, the same rule for one that is switched off; None after a problem."""
        if (part.off is None) == (part.severity is None):
            self._note(path, f"`{rule.id}` needs either `off: true` or `severity`")
            return None
        if part.severity is None:
            if part.overridable:
                self._note((*path, "overridable"), "only a `block` can be overridable")
                return None
            return rule
        weight = self._weight(part.severity, path, overridable=part.overridable)
        if weight is None:
            return None
        milder = lowered(rule, weight)
        if milder is rule:
            self._note(path, f"loosens nothing: `{rule.id}` is {weights_text(rule)}")
            return None
        return milder

    def _rule(self, rules: Mapping[str, Rule], pack: Pack, rule_id: str, path: YamlPath) -> Rule | None:
        rule = rules.get(rule_id)
        if rule is None:
            dormant = next((rule for rule in pack.dormant if rule.id == rule_id), None)
            if dormant is not None:
                words = ", ".join(f"{name}: {word}" for name, word in dormant.only_when.items())
                self._note(path, f"the rule `{rule_id}` exists only with {words or 'other settings'}")
            else:
                near = suggestion(rule_id, list(rules))
                self._note(path, f"there is no rule `{rule_id}` in the pack `{pack.id}`{near}")
        return rule

    def _weight(self, severity: str, path: YamlPath, *, overridable: bool) -> Weight | None:
        weight = Weight(Severity(severity), overridable)
        if overridable and weight.severity is not Severity.BLOCK:
            self._note((*path, "overridable"), "only a `block` can be overridable")
            return None
        return weight

    # -- the pack --

    def _rebuilt(self, pack: Pack, rules: Mapping[str, Rule], changes: SiteChanges) -> Pack:
        kept = tuple(rules[rule.id] for rule in pack.rules if rule.id in rules)
        off = tuple(rule for rule in pack.rules if rule.id not in rules)
        return replace(
            pack,
            rules=kept,
            questions=tuple(q for rule in kept for q in questions_of(rule, self._vocabulary)),
            sha256=_fingerprint(pack.sha256, changes),
            dormant=(*pack.dormant, *off),
            site=changes,
        )

    def _note(self, path: YamlPath, message: str) -> None:
        self.problems.append(self._site.source.problem(("packs", self._pack.id, *path), message))


def _fingerprint(sha256: str, changes: SiteChanges) -> str:
    """The SHA-256 of a pack and of what a site changes about it."""
    content = asdict(changes) | {"settings": {name: value_text(v) for name, v in changes.settings.items()}}
    del content["name"]
    text = json.dumps({"pack": sha256, "site": content}, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()
