"""What people read of verdicts, rules and explanations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from orderguard.page import Page
from orderguard.rulebook.conditions import Compare, format_value, leaves, render
from orderguard.rulebook.pack import Outcome
from orderguard.rulebook.settings import WordSetting, bounds_text, settings_of_rule, value_text
from orderguard.site_ref import site_ref

if TYPE_CHECKING:
    from orderguard.errors import OrderProblem
    from orderguard.explain import ExplainedRule, Explanation
    from orderguard.records import Record
    from orderguard.rulebook.conditions import Condition
    from orderguard.rulebook.pack import Citation, Example, Level, Pack, Rule, Rulebook
    from orderguard.verdict import Finding, SiteRef, Verdict

_DECISIONS = ("verified", "hold", "reject", "invalid")


def put_verdict(page: Page, verdict: Verdict) -> None:
    """An order by itself: its decision, each finding in full, and how many rules are silent."""
    _put_decision(page, verdict)
    for finding in verdict.findings:
        page.blank()
        _put_finding(page, finding)
    page.blank()
    page.put(f"{_count(len(verdict.cleared), 'rule')} cleared, {len(verdict.not_applicable)} not applicable.")
    if verdict.rules.site is not None:
        _put_site(page, verdict.rules.site)


def put_verdict_briefly(page: Page, verdict: Verdict) -> None:
    """One order of several: its decision, and a paragraph for each finding."""
    _put_decision(page, verdict)
    for finding in verdict.findings:
        label = (finding.severity, f" {_spoken(finding.outcome)} ", finding.rule, ": ")
        page.put(*label, finding.message, indent=2, hang=2)
    if verdict.rules.site is not None and verdict.rules.site.loosened:
        loosened = ", ".join(f"{entry.rule} ({entry.now})" for entry in verdict.rules.site.loosened)
        page.put("Loosened by the site: ", loosened, indent=2, hang=2)


def put_invalid(page: Page, record: Record, problems: Iterable[OrderProblem]) -> None:
    """A record that is no order: where it is and everything that is wrong with it."""
    line = "" if record.line is None else f", line {record.line}"
    page.put("invalid", f"  {record.source}, record {record.number}{line}")
    for problem in problems:
        page.put(f"{problem.path or '(document)'}: ", problem.message, indent=2, hang=2)


def put_summary(page: Page, decisions: Counter[str]) -> None:
    """How many records had each decision."""
    counts = ", ".join(f"{decisions[decision]} {decision}" for decision in _DECISIONS)
    page.put(f"{_count(decisions.total(), 'record')}: {counts}.")


def put_explanation(page: Page, explanation: Explanation) -> None:
    """Every rule of the pack: what it says, what it saw in the order, and what follows."""
    _put_decision(page, explanation.verdict)
    page.put(_outcomes(explanation.rows))
    for row in explanation.rows:
        page.blank()
        _put_row(page, row)
    if explanation.verdict.rules.site is not None:
        page.blank()
        _put_site(page, explanation.verdict.rules.site)


def put_rules(page: Page, packs: Iterable[Pack]) -> None:
    """All rules: id, severity, title."""
    for number, pack in enumerate(packs):
        if number:
            page.blank()
        page.put(f"{pack.id} {pack.version}: {pack.title}")
        page.blank()
        ids = max((len(rule.id) for rule in pack.rules), default=0)
        for rule in pack.rules:
            start = f"{rule.id:{ids}}  {_severities(rule):5}  "
            page.put(start, rule.title, hang=ids + len("  block  "))
        elsewhere = [f"{rule.id} ({_choices(rule.only_when)})" for rule in pack.dormant if rule.only_when]
        if elsewhere:
            page.blank()
            page.put("Only with other settings: ", ", ".join(elsewhere), hang=2)
        if pack.site is not None:
            page.blank()
            _put_site(page, site_ref(pack.site))


def put_rule(page: Page, rulebook: Rulebook, pack: Pack, rule: Rule) -> None:
    """One rule in full."""
    page.put(f"{rule.id}: {rule.title}")
    page.field("Pack", f"{pack.id} {pack.version}")
    page.field("Asked of", _spoken(rule.scope.replace("_", "-")))
    loosened = [entry for entry in pack.site.loosened if entry.rule == rule.id] if pack.site else []
    for entry in loosened:
        page.field("Loosened", _loosening(entry.was, entry.now, entry.by, entry.on, entry.reason))
    if rule.only_when:
        page.field("Only with", _choices(rule.only_when))
    for level in (*rule.levels, *rule.dormant_levels):
        page.blank()
        _put_level(page, rulebook, level)
    page.blank()
    page.field("What to do", rule.action)
    page.field("Rationale", rule.rationale)
    for citation in rule.sources:
        page.field("Source", _citation(citation))
    page.field("Confidence", rule.confidence + (f". {rule.note}" if rule.note else ""))
    page.field("Review", f"{rule.review}, since {rule.since}")
    for name in settings_of_rule(pack.settings, rule):
        page.field("Setting", _setting(pack, name))
    page.blank()
    page.put("Examples", indent=2)
    for example in rule.examples:
        page.put(_example(rulebook, example), indent=4, hang=2)
    for outcome, reason in rule.cannot.items():
        page.put(f"Never {_spoken(outcome)}: {reason}", indent=4, hang=2)


def _outcomes(rows: Sequence[ExplainedRule]) -> str:
    """How many rules have each outcome."""
    outcomes = Counter(row.outcome for row in rows)
    counts = ", ".join(f"{outcomes[outcome]} {_spoken(outcome)}" for outcome in Outcome)
    return f"{_count(len(rows), 'rule')}: {counts}."


def _put_decision(page: Page, verdict: Verdict) -> None:
    pack = f"  {verdict.rules.pack} {verdict.rules.version}" if verdict.rules.pack else ""
    page.put(verdict.decision, f"  {verdict.order_id}{pack}")


def _put_finding(page: Page, finding: Finding) -> None:
    override = " (can be overridden)" if finding.overridable else ""
    page.put(finding.severity, f" {_spoken(finding.outcome)} ", finding.rule, override)
    page.put(finding.message, indent=2)
    page.field("What to do", finding.action)
    if finding.missing:
        page.field("Missing", ", ".join(finding.missing))
    for source in finding.sources:
        page.field("Source", _source(source.title, source.section, source.revision))
    if finding.confidence != "high":
        page.field("Confidence", finding.confidence)


def _put_site(page: Page, site: SiteRef) -> None:
    """What the file of a site changed."""
    page.field("Site", site.name, indent=0)
    if site.settings:
        page.field("Settings", _choices(site.settings))
    if site.raised:
        page.field("Raised", "; ".join(f"{rule.rule}: {rule.was}, now {rule.now}" for rule in site.raised))
    for entry in site.loosened:
        text = _loosening(entry.was, entry.now, entry.by, entry.on, entry.reason)
        page.field("Loosened", f"{entry.rule}: {text}")


def _loosening(was: str, now: str, by: str, on: str, reason: str) -> str:
    return f"{was}, now {now} ({by}, {on}): {reason}"


def _choices(values: Mapping[str, object]) -> str:
    return ", ".join(f"{name}: {value}" for name, value in values.items())


def _setting(pack: Pack, name: str) -> str:
    """A setting with its value in effect, and what else may be chosen."""
    setting, value = pack.settings.declared[name], pack.settings.values[name]
    if isinstance(setting, WordSetting):
        return f"{name}: {value} (one of {', '.join(setting.choices)})"
    return f"{name}: {value_text(value)} ({bounds_text(setting)})"


def _put_row(page: Page, row: ExplainedRule) -> None:
    page.put(row.severity, f" {_spoken(row.outcome)} ", row.rule_id)
    page.put(row.title, indent=2)
    page.field("Requires", row.sentence)
    for label, value in row.values:
        page.field(label, value, indent=4)
    if row.missing:
        page.field("Missing", ", ".join(row.missing))
    page.field("Why", row.why)


def _put_level(page: Page, rulebook: Rulebook, level: Level) -> None:
    words = rulebook.vocabulary
    page.field("Severity", level.severity + (" (can be overridden)" if level.overridable else ""))
    if level.only_when:
        page.field("Only with", _choices(level.only_when))
    if level.applies is not None:
        page.field("Asked when", render(level.applies, words))
    if level.among is not None:
        page.field("Of those where", render(level.among, words))
    page.field("Requires", render(level.require, words))
    limits = [render(leaf, words) for condition in level.conditions for leaf in _limits(condition)]
    if limits:
        page.field("Limits", "; ".join(dict.fromkeys(limits)))
    page.field("Message", level.message)


def _limits(condition: Condition) -> Iterator[Compare]:
    """The comparisons of a condition that hold a number."""
    for leaf in leaves(condition):
        if isinstance(leaf, Compare) and not isinstance(leaf.value, bool | str):
            yield leaf


def _example(rulebook: Rulebook, example: Example) -> str:
    facts = [
        f"{rulebook.vocabulary[name].label} {format_value(rulebook.vocabulary[name], value)}"
        for name, value in example.facts.items()
    ]
    severity = f" ({example.severity})" if example.severity else ""
    if example.overridable is not None:
        severity += f", can{'' if example.overridable else 'not'} be overridden"
    return f"{example.name}: {', '.join(facts) or 'nothing known'}: {_spoken(example.expect)}{severity}"


def _citation(citation: Citation) -> str:
    source = citation.source
    through = f", read through {source.read_through}" if source.read_through else ""
    return _source(f"{source.title}, {source.publisher}", citation.section, source.revision) + through


def _source(title: str, section: str | None, revision: str | None) -> str:
    """A source with its section and revision."""
    place = f", {section}" if section else ""
    return f"{title}{place} (revision {revision})" if revision else title + place


def _severities(rule: Rule) -> str:
    return "/".join(dict.fromkeys(level.severity for level in rule.levels))


def _spoken(word: str) -> str:
    return word.replace("-", " ")


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
