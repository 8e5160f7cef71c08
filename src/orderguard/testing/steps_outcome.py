"""The outcome.

At its end a scenario fails if a block or warn rule has a finding (violated or not evaluated) and the scenario
does not name the rule; info rules need not be named. It also fails if it says nothing about the decision or a
rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from orderguard.testing.case import Case
from orderguard.testing.problem import StepError
from orderguard.testing.registry import Table, then
from orderguard.testing.things import NamedThing

_RULES_TABLE = ("| dose-12mg           |", "| dose-volume-1-2ml   |")


@then("the order is {decision}", "the order is on hold")
def decision_is(case: Case, decision: str) -> None:
    """Compares the decision: `verified`, `on hold` or `rejected`."""
    found = case.decision()
    if found != decision:
        raise StepError(f"The decision is `{found}`. {case.findings_said()}")


def _compare(case: Case, rules: Iterable[str], outcome: str, severity: str | None) -> None:
    wrong = []
    for rule in rules:
        found = case.outcome(rule)
        if found != outcome:
            wrong.append(f"Rule {rule} is {found.replace('-', ' ')}.")
        elif severity is not None and (level := case.finding(rule)["severity"]) != severity:
            wrong.append(f"Rule {rule} is {found.replace('-', ' ')} at level {level}.")
    if wrong:
        raise StepError(f"{' '.join(wrong)} {case.findings_said()}")


@then("rule {rule} is {outcome}", "rule infusion-min-4h is violated")
def rule_is(case: Case, rule: str, outcome: str) -> None:
    """Compares the outcome of a rule: `violated`, `not evaluated`, `cleared` or `not applicable`."""
    _compare(case, [rule], outcome, None)


@then("rule {rule} is {outcome} at level {severity}", "rule age-minimum is violated at level warn")
def rule_is_at_level(case: Case, rule: str, outcome: str, severity: str) -> None:
    """Compares outcome (`violated` or `not evaluated`) and severity (`block`, `warn` or `info`)."""
    _compare(case, [rule], outcome, severity)


@then("rules {rules} are {outcome}", "rules dose-12mg, dose-volume-1-2ml and no-mix are cleared")
def rules_are(case: Case, rules: list[str], outcome: str) -> None:
    """The same for two or more rules."""
    _compare(case, rules, outcome, None)


@then("these rules are {outcome}[:]", "these rules are violated:", _RULES_TABLE)
def these_rules(case: Case, outcome: str, table: Table) -> None:
    """The same with a table of one column, without a heading."""
    if any(len(row) != 1 for row in table):
        raise StepError("The table needs one column of rule ids.")
    _compare(case, [row[0] for row in table], outcome, None)


@then("the order is judged by the rules of {pack:rule}", "the order is judged by the rules of lemtrada-ms")
def judged_by(case: Case, pack: str) -> None:
    """Compares the name of the pack, the file of rules that covers the product."""
    found = case.pack()
    if found != pack:
        raise StepError(f"The order is judged by the rules of {found or 'no pack'}.")


@then("rule {rule} is not asked", "rule cll-product is not asked")
def not_asked(case: Case, rule: str) -> None:
    """States that the rule belongs to another product: the verdict does not speak of it at all."""
    if case.is_asked(rule):
        raise StepError(f"Rule {rule} is {case.outcome(rule).replace('-', ' ')}.")


@then("rules {rules} are not asked", "rules cll-product and cll-age are not asked")
def none_asked(case: Case, rules: list[str]) -> None:
    """The same for two or more rules."""
    for rule in rules:
        not_asked(case, rule)


@then("rule {rule} can be overridden", "rule observe-2h can be overridden")
def overridable(case: Case, rule: str) -> None:
    """States that a pharmacist may release the order in spite of the finding."""
    if not case.finding(rule)["overridable"]:
        raise StepError(f"Rule {rule} cannot be overridden.")


@then("rule {rule} cannot be overridden", "rule infusion-min-4h cannot be overridden")
def not_overridable(case: Case, rule: str) -> None:
    """States the opposite."""
    if case.finding(rule)["overridable"]:
        raise StepError(f"Rule {rule} can be overridden.")


def _stands_in(words: str, text: str) -> bool:
    return re.search(rf"(?<![\w.]){re.escape(words)}(?![\w]|\.\d)", text) is not None


@then("the message of rule {rule} says {words:quoted}", 'the message of rule infusion-min-4h says "239"')
def message_says(case: Case, rule: str, words: str) -> None:
    """States that the message of the finding holds the words, not as a part of a longer word or number."""
    message = case.finding(rule)["message"]
    if not _stands_in(words, message):
        raise StepError(f"The message of rule {rule} says: {message}")


@then(
    "the message of rule {rule} does not say {words:quoted}",
    'the message of rule infusion-min-4h does not say "infusion 3"',
)
def message_does_not_say(case: Case, rule: str, words: str) -> None:
    """States that it does not."""
    message = case.finding(rule)["message"]
    if _stands_in(words, message):
        raise StepError(f"The message of rule {rule} says: {message}")


@then("the verdict lists rule {rule} as loosened", "the verdict lists rule hbv-hcv as loosened")
def listed_as_loosened(case: Case, rule: str) -> None:
    """States that the verdict says who loosened the rule, when and why."""
    found = case.loosened(rule)
    if found is None or not all(found[key] for key in ("by", "on", "reason")):
        raise StepError(f"The verdict does not list rule {rule} as loosened.")


@then("rule {rule} is switched off", "rule hbv-hcv is switched off")
def switched_off(case: Case, rule: str) -> None:
    """States that the rule was not judged at all, and that the verdict says so."""
    found = case.loosened(rule)
    if found is None or found["to"] != "off":
        raise StepError(f"The verdict does not list rule {rule} as switched off.")


_INFUSIONS = re.compile(r"(?<!earlier )\binfusions? (\d+(?:(?:, | and )\d+)*)(?![\w]|\.\d)", re.IGNORECASE)


def infusions_named(message: str) -> set[int]:
    """The numbers of the infusions that a message names, as in `Infusion 2` and `infusions 1, 2 and 3`."""
    return {int(number) for found in _INFUSIONS.findall(message) for number in re.split(", | and ", found)}


def _speaks_of(case: Case, rule: str, number: int) -> bool:
    finding = case.finding(rule)
    missing = any(f"{path}/".startswith(f"/infusions/{number - 1}/") for path in finding["missing"])
    return missing or number in infusions_named(finding["message"])


@then("the finding of rule {rule} names {infusions}", "the finding of rule infusion-min-4h names infusion 2")
def names_infusion(case: Case, rule: str, infusions: list[int]) -> None:
    """States that the message names the infusion, or that what is missing belongs to it."""
    for number in infusions:
        if not _speaks_of(case, rule, number):
            raise StepError(
                f"Rule {rule} does not name infusion {number}. It says: {case.finding(rule)['message']}"
            )


@then(
    "the finding of rule {rule} does not name {infusions}",
    "the finding of rule infusion-min-4h does not name infusion 3",
)
def does_not_name_infusion(case: Case, rule: str, infusions: list[int]) -> None:
    """States that neither is so."""
    for number in infusions:
        if _speaks_of(case, rule, number):
            raise StepError(f"Rule {rule} names infusion {number}. It says: {case.finding(rule)['message']}")


@then(
    "rule {rule} points to {thing} as missing",
    "rule age-minimum points to the birth date as missing",
)
def points_to_missing(case: Case, rule: str, thing: NamedThing) -> None:
    """States that the finding says the THING is missing."""
    missing = case.finding(rule)["missing"]
    for pointer in thing.pointers(case.order):
        if pointer not in missing:
            said = ", ".join(missing) or "nothing"
            raise StepError(f"Rule {rule} points to {said} as missing, not to {pointer}.")


@then(
    "rule {rule} shows {thing} as evidence",
    "rule infusion-min-4h shows the duration of infusion 2 as evidence",
)
def shows_evidence(case: Case, rule: str, thing: NamedThing) -> None:
    """States that the finding shows the THING among the values it was judged by."""
    shown = [entry["path"] for entry in case.finding(rule)["evidence"]]
    for pointer in thing.pointers(case.order):
        if pointer not in shown:
            raise StepError(f"Rule {rule} shows {', '.join(shown) or 'nothing'}, not {pointer}.")
