"""Single changes to a verified order, and what a verdict must say about them.

The tables stand in `test_single_changes*.py`. Expectations are read from the rule catalogue and the contract.
"""

import functools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from orderguard import Verifier

EXAMPLES = Path(__file__).parents[2] / "examples"
GONE = object()
"""The value of a key, or of an entry of a list, that is taken away."""

VB, VBO, VW, VI = "violated block", "violated block*", "violated warn", "violated info"
NB, NBO, NW, NI = (f"not-evaluated {severity}" for severity in ("block", "block*", "warn", "info"))


def words(text: str) -> list[str]:
    """The words of a text, so that a list reads as one."""
    return text.split()


RULES = frozenset(
    words("""
    product-indication-match campath-concurrent campath-history duplicate-alemtuzumab dose-12mg
    dose-volume-1-2ml one-vial-per-dose course-1-five-days course-2-three-days course-3plus-three-days
    course-consecutive-days course-interrupted course-interval-12mo course-interval-late
    prior-course-incomplete course-number-consistent course-count-cap indication-relapsing-ms indication-cis
    two-prior-dmt age-minimum age-65plus
    diluent-allowed bag-volume-100ml must-dilute route-iv-infusion infusion-min-4h infusion-rate-derived
    infusion-long bag-start-8h bag-end-8h bag-temperature vial-storage no-mix setting-equipped observe-2h
    vitals-order
    steroid-days-1-3 steroid-dose-1000 steroid-before-infusion antihistamine-considered
    antipyretic-considered antiviral-present antiviral-duration antiviral-cd4 antiviral-accepted
    ci-hypersensitivity ci-hiv hiv-test-on-file ci-active-infection tb-screen tb-active-untreated vzv-immunity
    vaccine-live-6wk vaccine-other-6wk vaccine-live-after opv-household hbv-hcv pml-signs listeria-counselling
    hpv-screen
    autoimmune-history thyroid-active cv-cerebro-history coagulopathy-anticoagulant kidney-lung-liver
    malignancy immunosuppressant-concurrent pregnancy pregnancy-test contraception-4mo lactation
    suspect-autoimmune-event medication-unrecognised renal-hepatic-drugs
    baseline-labs-complete baseline-labs-30d baseline-upcr-first baseline-abnormal baseline-skin-exam
    monitoring-adherence monitoring-plan-48mo rems-prescriber rems-patient-enrolled rems-patient-authorized
    rems-pharmacy rems-facility rems-prescription-form rems-med-guide rems-status-form
    """)
)
"""Every rule of catalogue section 1 in the default policy."""

INFUSION_RULES = frozenset(
    words("""
    dose-12mg dose-volume-1-2ml one-vial-per-dose diluent-allowed bag-volume-100ml must-dilute
    route-iv-infusion infusion-min-4h infusion-rate-derived infusion-long bag-start-8h bag-end-8h
    bag-temperature vial-storage no-mix observe-2h vitals-order
    """)
)
"""The rules whose evidence is in the infusion that breaks them."""


@dataclass(frozen=True)
class Base:
    """An example order, moved by whole days."""

    course: int
    days: int = 0


@dataclass(frozen=True)
class Case:
    """A change to a verified order and what it must lead to."""

    base: Any
    changes: Mapping[str, Any]
    findings: Mapping[str, str]
    says: tuple[str, ...] = ()  # in the message of the first finding
    na: tuple[str, ...] = ()  # rules that must be not applicable
    cleared: tuple[str, ...] = ()  # rules that must be cleared
    breaks: Mapping[str, tuple[int, ...]] = field(
        default_factory=dict
    )  # infusions, unless all that are touched
    missing: Mapping[str, str] = field(default_factory=dict)  # rule: a pointer that `missing` must hold


def case(
    name: str,
    base: int | Base,
    changes: Mapping[str, Any],
    findings: Mapping[str, str] | None = None,
    *,
    says: str | tuple[str, ...] = (),
    na: str = "",
    cleared: str = "",
    breaks: Mapping[str, tuple[int, ...]] | None = None,
    missing: Mapping[str, str] | None = None,
) -> Any:
    """One row of a table; without findings the order stays verified."""
    return pytest.param(
        Case(
            base if isinstance(base, Base) else Base(base),
            changes,
            findings or {},
            (says,) if isinstance(says, str) else says,
            tuple(na.split()),
            tuple(cleared.split()),
            breaks or {},
            missing or {},
        ),
        id=name,
    )


def starting(course: int, day: str) -> Base:
    """An example order moved so that its first infusion is on this date."""
    return Base(course, (date.fromisoformat(day) - _infusion_dates(course)[0]).days)


def ending(course: int, day: str) -> Base:
    """An example order moved so that its last infusion is on this date."""
    return Base(course, (date.fromisoformat(day) - _infusion_dates(course)[-1]).days)


def _infusion_dates(course: int) -> list[date]:
    return [date.fromisoformat(one["scheduled_start"][:10]) for one in document(Base(course))["infusions"]]


@functools.cache
def _text(base: Base) -> str:
    def moved(found: re.Match[str]) -> str:
        return f'"{date.fromisoformat(found[1]) + timedelta(days=base.days)}'

    text = (EXAMPLES / f"lemtrada-course-{base.course}.json").read_text()
    return re.sub(r'"(\d{4}-\d\d-\d\d)', moved, text)


def document(base: Base) -> Any:
    """The document of an example order."""
    return json.loads(_text(base))


def infusion(day: str, **changes: Any) -> dict[str, Any]:
    """Another infusion like those of the example orders."""
    one = document(Base(1))["infusions"][0]
    one["scheduled_start"] = f"{day}T09:00:00-04:00"
    one["preparation"]["prepared_at"] = f"{day}T07:00:00-04:00"
    one["preparation"]["vial_expires_on"] = "2027-04-30"
    return one | changes


def at(
    index: int, day: str, start: str = "09:00", prepared: str = "07:00", offset: str = "-04:00"
) -> dict[str, str]:
    """The changes that put an infusion on another day or hour."""
    return {
        f"/infusions/{index}/scheduled_start": f"{day}T{start}:00{offset}",
        f"/infusions/{index}/preparation/prepared_at": f"{day}T{prepared}:00{offset}",
    }


def dose(name: str, day: str, mg: str = "50", route: str = "oral", hour: str = "08:00") -> dict[str, str]:
    """A premedication."""
    return {"name": name, "dose_mg": mg, "route": route, "scheduled_at": f"{day}T{hour}:00-04:00"}


def comfort(*days: str) -> dict[str, Any]:
    """The changes that add antihistamine and antipyretic on these days."""
    drugs = ("diphenhydramine", "acetaminophen")
    return {"/premedications/-": [dose(drug, day) for day in days for drug in drugs]}


def change(target: Any, changes: Mapping[str, Any]) -> list[str]:
    """Change a document in place; return the pointers of what was touched.

    `*` stands for every entry of a list, `-` for the place after the last one (a list adds several entries).
    """
    return [
        pointer
        for path, value in changes.items()
        for pointer in _change(target, path.split("/")[1:], value, "")
    ]


def _change(target: Any, steps: list[str], value: Any, above: str) -> Iterable[str]:
    step, rest = steps[0], steps[1:]
    if step == "*":
        for index in range(len(target)):
            yield from _change(target, [str(index), *rest], value, above)
    elif step == "-":
        for entry in value if isinstance(value, list) else [value]:
            target.append(entry)
            yield f"{above}/{len(target) - 1}"
    elif rest:
        key: Any = int(step) if isinstance(target, list) else step
        if isinstance(target, dict) and key not in target:
            target[key] = {}
        yield from _change(target[key], rest, value, f"{above}/{step}")
    else:
        key = int(step) if isinstance(target, list) else step
        if value is GONE:
            del target[key]
        else:
            target[key] = value
        yield f"{above}/{step}"


def related(one: str, other: str) -> bool:
    """Whether one JSON Pointer is, or is above or below, the other."""
    return f"{one}/".startswith(f"{other}/") or f"{other}/".startswith(f"{one}/")


def decision_of(findings: Iterable[str]) -> str:
    """The decision by contract, section 3."""
    known = set(findings)
    if known & {VB, VBO}:
        return "reject"
    return "hold" if known & {NB, NBO, VW, NW} else "verified"


def judge(verifier: Verifier, order: Any) -> tuple[dict[str, str], dict[str, Any]]:
    """What a verdict finds, and the verdict document."""
    verdict = verifier.verify_json(json.dumps(order)).model_dump(mode="json")
    star = {True: "*", False: ""}
    found = {
        one["rule"]: f"{one['outcome']} {one['severity']}{star[one['overridable']]}"
        for one in verdict["findings"]
    }
    return found, verdict


def check(verifier: Verifier, one: Case) -> None:
    """Verify a changed order for Lemtrada; hold the verdict against what is expected."""
    hold_against(verifier, document(one.base), one, RULES, INFUSION_RULES)


def hold_against(
    verifier: Verifier, order: Any, one: Case, rules: frozenset[str], infusion_rules: frozenset[str]
) -> None:
    """Change an order and verify it; hold the verdict against what is expected of these rules."""
    touched = change(order, one.changes)
    found, verdict = judge(verifier, order)
    assert found == dict(one.findings), f"found {found}"
    assert verdict["decision"] == decision_of(one.findings.values())
    if "product-covered" not in found:
        parts = [*found, *verdict["cleared"], *verdict["not_applicable"]]
        assert sorted(parts) == sorted(rules), "each rule is in exactly one part"
    assert set(one.na) <= set(verdict["not_applicable"])
    assert set(one.cleared) <= set(verdict["cleared"])
    for finding in verdict["findings"]:
        assert finding["message"].strip()
        assert finding["action"].strip()
        if finding["outcome"] == "violated":
            _check_evidence(finding, one, touched, infusion_rules)
        else:
            _check_missing(finding, one, touched)
    first = {finding["rule"]: finding["message"] for finding in verdict["findings"]}
    for words in one.says:
        assert words in first[next(iter(one.findings))]


def _check_evidence(
    finding: dict[str, Any], one: Case, touched: list[str], infusion_rules: frozenset[str]
) -> None:
    paths = [entry["path"] for entry in finding["evidence"]]
    assert paths, finding["rule"]
    if finding["rule"] in infusion_rules:
        broken = {int(path.split("/")[2]) for path in touched if path.startswith("/infusions/")}
        broken = set(one.breaks.get(finding["rule"], broken))
        shown = {int(path.split("/")[2]) for path in paths if path.startswith("/infusions/")}
        assert shown == broken, finding["rule"]
        for index in broken:
            assert re.search(rf"\b{index + 1}\b", finding["message"]), (finding["rule"], finding["message"])


def _check_missing(finding: dict[str, Any], one: Case, touched: list[str]) -> None:
    assert finding["missing"], finding["rule"]
    wanted = one.missing.get(finding["rule"])
    assert any(
        related(path, place) for path in finding["missing"] for place in ([wanted] if wanted else touched)
    ), (finding["rule"], finding["missing"])
