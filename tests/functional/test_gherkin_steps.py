"""The steps of feature files: what they read, and what they do to an order."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest

import orderguard.order as document
from orderguard import Order, Verifier
from orderguard.testing import all_steps, orders, words
from orderguard.testing.catalogue import render_catalogue
from orderguard.testing.draft import Draft
from orderguard.testing.problem import StepError
from orderguard.testing.registry import STEPS, Step, not_found, run, steps_reading, the_step
from orderguard.testing.slots import SLOTS, read_day
from orderguard.testing.steps_outcome import _stands_in, infusions_named
from orderguard.testing.things import THINGS

REPOSITORY = Path(__file__).parents[2]
STARTS = {
    "course 1": lambda: orders.lemtrada(1),
    "course 2": lambda: orders.lemtrada(2),
    "campath": orders.campath,
    "maintenance": orders.campath_maintenance,
}
CHANGES = [step for step in STEPS if step.kind == "given" and "steps_start" not in step.function.__module__]


def order(start: str = "course 1") -> Draft:
    draft = Draft()
    draft.start(STARTS[start]())
    return draft


def carry_out(draft: Draft, text: str, table: list[list[str]] | None = None) -> None:
    step = the_step("given", text)
    run(step, draft, step.phrase.read(draft, text), table)


def changed(*texts: str, start: str = "course 1") -> Draft:
    draft = order(start)
    for text in texts:
        carry_out(draft, text)
    return draft


def read(draft: Draft) -> Order:
    return Order.model_validate_json(draft.text())


def hours(draft: Draft) -> list[tuple[str, str]]:
    return [
        (infusion["scheduled_start"][:16], infusion["preparation"]["prepared_at"][:16])
        for infusion in draft.infusions
    ]


def dose_times(draft: Draft, name: str) -> list[str]:
    return [dose["scheduled_at"][:16] for dose in draft.doses(name)]


def at(draft: Draft, pointer: str) -> Any:
    """What stands at a JSON Pointer; None for nothing."""
    found: Any = draft.document
    for key in pointer.split("/")[1:]:
        found = found[int(key)] if isinstance(found, list) else found.get(key)
    return found


# -- the orders ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def verifier() -> Verifier:
    return Verifier(log=io.StringIO(), engines="reference")


@pytest.mark.parametrize("course", range(1, orders.MOST_COURSES + 1))
def test_nothing_above_info_is_found_on_the_orders(verifier: Verifier, course: int) -> None:
    verdict = verifier.verify_json(json.dumps(orders.lemtrada(course)))
    assert verdict.decision == "verified"
    assert [finding.rule for finding in verdict.findings] == (["course-count-cap"] if course > 3 else [])


CAMPATH_ORDERS = {
    "first dose": orders.campath,
    "step to 10 mg": lambda: orders.campath_step("10"),
    "step to 30 mg": lambda: orders.campath_step("30"),
    "week of maintenance": orders.campath_maintenance,
}


@pytest.mark.parametrize("start", CAMPATH_ORDERS.values(), ids=CAMPATH_ORDERS)
def test_nothing_is_found_on_the_campath_orders(verifier: Verifier, start: Callable[[], Any]) -> None:
    verdict = verifier.verify_json(json.dumps(start()))
    assert verdict.findings == ()
    assert verdict.decision == "verified"


@pytest.mark.parametrize("course", [0, 10])
def test_there_is_no_order_for_other_courses(course: int) -> None:
    with pytest.raises(StepError, match="course 1 to 9"):
        orders.lemtrada(course)


def test_a_third_course_follows_a_first_of_five_and_a_second_of_three_infusions() -> None:
    earlier = orders.lemtrada(3)["patient"]["prior_infusions"]
    assert [(entry["course"], entry["date"]) for entry in earlier] == [
        *((1, f"2024-06-0{day}") for day in range(3, 8)),
        *((2, f"2025-06-0{day}") for day in range(2, 5)),
    ]


@pytest.mark.parametrize("name", ["lemtrada-course-1.json", "campath-first-dose.json"])
def test_the_shipped_orders_are_the_examples(name: str) -> None:
    shipped = REPOSITORY / "src" / "orderguard" / "testing" / "orders" / name
    assert json.loads(shipped.read_text()) == json.loads((REPOSITORY / "examples" / name).read_text())


# -- every step ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("step", STEPS, ids=lambda step: f"{step.kind} {step.phrase.text}")
def test_the_example_of_a_step_is_read_by_that_step_alone(step: Step) -> None:
    assert steps_reading(step.kind, step.example) == [step]


@pytest.mark.parametrize("step", CHANGES, ids=lambda step: step.example)
def test_the_example_of_a_step_leaves_an_order_that_can_be_read(step: Step) -> None:
    rows = step.rows and [[cell.strip() for cell in row.strip("| ").split("|")] for row in step.rows]
    carried_out = []
    for start in STARTS:
        draft = order(start)
        try:
            carry_out(draft, step.example, rows and list(rows))
        except StepError:
            continue
        read(draft)
        carried_out.append(start)
    assert carried_out


def test_the_modules_of_steps_are_all_declared() -> None:
    modules = {path.stem for path in Path(all_steps.__file__).parent.glob("steps_*.py")}
    assert set(all_steps.__all__) == modules


def test_the_catalogue_shows_every_step_and_every_thing() -> None:
    page = render_catalogue()
    assert all(step.example in page for step in STEPS)
    assert all(f"`{SLOTS['thing'].choices[number]}`" in page for number in range(len(THINGS)))


def test_every_function_says_what_it_does() -> None:
    assert not [step.example for step in STEPS if step.listed and not step.meaning]


# -- words -----------------------------------------------------------------------------------------------

LISTS = {
    "disease courses": (words.DISEASE_COURSES, document.DISEASE_COURSES),
    "sexes": (words.SEXES, document.SEXES),
    "pregnancy": (words.PREGNANCY_STATUSES, document.PREGNANCY_STATUSES),
    "counselling": (words.COUNSELLING_TOPICS, document.COUNSELLING_TOPICS),
    "conditions": (words.CONDITION_KINDS, document.CONDITION_KINDS),
    "status": (words.INFUSION_STATUSES, document.INFUSION_STATUSES),
    "infusion routes": (words.INFUSION_ROUTES, document.INFUSION_ROUTES),
    "routes": (words.ROUTES, document.ROUTES),
    "diluents": (words.DILUENTS, document.DILUENTS),
    "storage": (words.STORAGE, document.STORAGE),
    "settings": (words.SETTINGS, get_args(document.Setting)),
    "tests": (words.LAB_TESTS, document.LAB_TESTS),
    "screening": (words.SCREENINGS, document.SCREENING_TESTS),
}


@pytest.mark.parametrize(("spoken", "listed"), LISTS.values(), ids=LISTS.keys())
def test_every_word_of_the_order_document_has_a_spoken_form(
    spoken: dict[str, str], listed: tuple[str, ...]
) -> None:
    assert sorted(spoken.values()) == sorted(listed)


@pytest.mark.parametrize("lab", [lab for lab in words.LAB_TESTS if lab != "urinalysis"])
@pytest.mark.parametrize("unit", words.LAB_UNITS)
def test_every_laboratory_test_can_be_stated_in_every_unit(lab: str, unit: str) -> None:
    read(changed(f"a further {lab} of 1.5 {unit} is from 2025-05-20"))


# -- days ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-06-04", "2025-06-04"),
        ("day 1", "2025-06-02"),
        ("day 5", "2025-06-06"),
        ("the last infusion", "2025-06-06"),
        ("42 days before day 1", "2025-04-21"),
        ("1 day after day 1", "2025-06-03"),
        ("0 days before day 1", "2025-06-02"),
        ("60 days after the last infusion", "2025-08-05"),
    ],
)
def test_days_are_counted_from_the_infusions(text: str, day: str) -> None:
    assert read_day(order(), text).isoformat() == day


def test_days_follow_the_order_as_it_then_stands() -> None:
    assert read_day(changed("the course starts on 2025-06-10"), "day 1").isoformat() == "2025-06-10"
    assert read_day(changed("infusion 1 is held"), "day 1").isoformat() == "2025-06-03"


def test_a_day_beyond_the_course_is_refused() -> None:
    with pytest.raises(StepError, match="5 infusion days, and no day 6"):
        read_day(order(), "day 6")


def test_days_cannot_be_counted_from_an_infusion_of_unknown_start() -> None:
    with pytest.raises(StepError, match="not known"):
        changed("the start of infusion 2 is not known", "the HIV test was 1 day after day 1")


# -- moving ----------------------------------------------------------------------------------------------


def test_a_moved_infusion_takes_its_preparation_along_and_leaves_its_premedication() -> None:
    draft = changed("infusion 3 is on 2025-06-09")
    assert hours(draft)[2] == ("2025-06-09T09:00", "2025-06-09T07:00")
    assert dose_times(draft, "steroid")[2] == "2025-06-04T08:00"


def test_an_infusion_moves_with_its_premedication_when_the_step_says_so() -> None:
    draft = changed("infusion 3 is on 2025-06-09 with its premedication")
    assert hours(draft)[2] == ("2025-06-09T09:00", "2025-06-09T07:00")
    for name in ("steroid", "antihistamine", "antipyretic"):
        assert "2025-06-09T08:00" in dose_times(draft, name)
        assert "2025-06-04T08:00" not in dose_times(draft, name)


def test_a_moved_course_takes_everything_of_the_order_itself_and_nothing_else() -> None:
    before, after = order(), changed("the course starts on 2025-06-10")
    assert [start for start, _ in hours(after)] == [f"2025-06-{day}T09:00" for day in range(10, 15)]
    assert [made for _, made in hours(after)] == [f"2025-06-{day}T07:00" for day in range(10, 15)]
    assert dose_times(after, "steroid") == [f"2025-06-{day}T08:00" for day in range(10, 13)]
    assert after.prophylaxes("antiviral")[0]["start"] == "2025-06-10"
    assert after.document["patient"] == before.document["patient"]
    assert after.document["rems"] == before.document["rems"]


def test_a_moved_course_keeps_its_local_hours_over_the_end_of_summer_time() -> None:
    draft = changed("the course starts on 2025-10-31")
    assert [infusion["scheduled_start"] for infusion in draft.infusions] == [
        "2025-10-31T09:00:00-04:00",
        "2025-11-01T09:00:00-04:00",
        "2025-11-02T09:00:00-05:00",
        "2025-11-03T09:00:00-05:00",
        "2025-11-04T09:00:00-05:00",
    ]


def test_a_moved_order_takes_everything_but_the_birth_date() -> None:
    draft = changed("the whole order is moved by 3 days")
    assert draft.document["ordered_at"] == "2025-05-25T09:30:00-04:00"
    assert draft.document["patient"]["birth_date"] == "1991-02-11"
    assert {lab["collected_on"] for lab in draft.document["patient"]["labs"]} == {"2025-05-23"}
    assert hours(draft)[0] == ("2025-06-05T09:00", "2025-06-05T07:00")
    carry_out(draft, "the whole order is moved back by 3 days")
    assert read(draft) == read(order())


def test_an_added_infusion_brings_the_premedication_of_the_day_it_copies() -> None:
    draft = changed("a sixth infusion is added on 2025-06-07")
    assert hours(draft)[5] == ("2025-06-07T09:00", "2025-06-07T07:00")
    assert "2025-06-07T08:00" in dose_times(draft, "antihistamine")
    assert "2025-06-07T08:00" in dose_times(draft, "antipyretic")
    assert "2025-06-07T08:00" not in dose_times(draft, "steroid")


def test_an_infusion_added_on_a_day_of_the_course_doubles_no_premedication() -> None:
    draft = changed("a further infusion is added on 2025-06-05")
    assert dose_times(draft, "antihistamine").count("2025-06-05T08:00") == 1


def test_changed_hours_leave_date_preparation_and_premedication() -> None:
    draft = changed("infusion 2 starts at 15:01")
    assert hours(draft)[1] == ("2025-06-03T15:01", "2025-06-03T07:00")
    assert dose_times(draft, "steroid")[1] == "2025-06-03T08:00"


def test_minutes_before_the_start_are_elapsed_minutes() -> None:
    draft = changed("the course starts on 2025-11-02", "infusion 1 is prepared 540 minutes before its start")
    # Clocks go back from 02:00 to 01:00 on that day: nine hours before 09:00 it is 01:00 for the first time.
    assert draft.infusions[0]["preparation"]["prepared_at"] == "2025-11-02T01:00:00-04:00"


# -- changing --------------------------------------------------------------------------------------------


def test_each_thing_can_be_not_known() -> None:
    for step_text in SLOTS["thing"].choices:
        text = (
            step_text.removesuffix(" N")
            .replace("EARLIER INFUSION", "earlier infusion 1")
            .replace("INFUSION", "infusion 1")
            .replace("PREMEDICATION on DATE", "the steroid on day 1")
            .replace("PROPHYLAXIS", "the antiviral")
            .replace("LAB", "TSH")
        )
        text += " 1" if step_text.endswith(" N") else ""
        draft = changed(
            "the patient is allergic to penicillin",
            "the patient has an active infection since 2026-05-01",
            "the patient takes metformin by mouth",
            "the patient received a vaccine with CVX 03 on 2025-01-01",
            start="course 2",
        )
        thing = SLOTS["thing"].read(draft, text)
        pointers = thing.pointers(draft)
        carry_out(draft, f"{text} is not known")
        assert at(draft, pointers[0]) is None, text
        assert thing.pointers(draft) == pointers, "what is missing can be pointed to afterwards"
        read(draft)


def test_a_name_that_is_not_known_takes_its_codes_along() -> None:
    draft = changed("the name of the steroid on day 2 is not known", "the name of the antiviral is not known")
    assert not {"name", "rxcui"} & draft.doses("steroid")[1].keys()
    assert not {"name", "rxcui"} & draft.prophylaxes("antiviral")[0].keys()


def test_not_known_and_none_are_different() -> None:
    assert read(changed("the medications are not known")).patient.medications is None
    assert read(changed("there are no medications")).patient.medications == ()


def test_a_role_stays_when_the_drug_changes() -> None:
    draft = changed(
        "the antiviral is oseltamivir",
        "the antiviral ends on 2025-08-06",
        "the antiviral is given on the skin",
    )
    (entry,) = read(draft).prophylaxis or ()
    assert (entry.name, entry.rxcui, str(entry.end), entry.route) == (
        "oseltamivir",
        None,
        "2025-08-06",
        "topical",
    )


def test_the_role_of_a_removed_dose_is_not_inherited() -> None:
    draft = changed("there is no steroid")
    for _ in range(50):
        carry_out(draft, '"vitalixir" 5 mg by mouth is also given on 2025-06-03 at 08:00')
    with pytest.raises(StepError, match="no steroid"):
        draft.doses("steroid")


def test_quantities_are_exact() -> None:
    infusion = read(changed("infusion 2 runs for 239.999999 minutes")).infusions[1]
    assert infusion.duration_minutes == Decimal("239.999999")
    lab = read(changed("the platelet count is 99,999.9 per microlitre")).patient.labs
    assert lab is not None
    assert lab[1].value == Decimal("99999.9")


def test_a_value_of_the_newest_result_leaves_older_ones() -> None:
    draft = changed("the neutrophil count is 900 per microlitre", start="course 2")
    values = {
        (lab["collected_on"], lab["value"])
        for lab in draft.document["patient"]["labs"]
        if lab["test"] == "neutrophils"
    }
    assert ("2026-05-26", "900") in values
    assert ("2026-05-05", "4200") in values


def test_a_table_of_infusions_replaces_them_all() -> None:
    draft = order()
    table = [
        ["date", "dose", "duration"],
        ["2025-06-02", "3 mg", "120 minutes"],
        ["2025-06-04", "10 mg", "120 minutes"],
    ]
    carry_out(draft, "the infusions are:", table)
    assert hours(draft) == [
        ("2025-06-02T09:00", "2025-06-02T07:00"),
        ("2025-06-04T09:00", "2025-06-04T07:00"),
    ]
    assert [infusion["dose_mg"] for infusion in draft.infusions] == ["3", "10"]


def test_a_table_of_infusions_may_say_what_is_drawn() -> None:
    draft = order("campath")
    table = [["date", "dose", "duration", "drawn volume"], ["2025-06-03", "10 mg", "120 minutes", "0.33 mL"]]
    carry_out(draft, "the infusions are:", table)
    assert draft.infusions[0]["preparation"]["drug_volume_ml"] == "0.33"


def test_a_dose_is_stated_with_what_is_drawn_for_it() -> None:
    (one,) = read(changed("infusion 1 is 10 mg in 0.33 mL", start="campath")).infusions
    assert one.preparation is not None
    assert (str(one.dose_mg), str(one.preparation.drug_volume_ml)) == ("10", "0.33")


def test_the_premedication_of_a_date_is_repeated_on_the_others_but_not_doubled() -> None:
    draft = changed(
        "there is no diphenhydramine on 2025-06-04",
        "the premedication of 2025-06-02 is given on every other infusion date",
        start="maintenance",
    )
    times = dose_times(draft, "antihistamine")
    assert sorted(times) == [f"2025-06-0{day}T09:30" for day in (2, 4, 6)]
    assert len(dose_times(draft, "antipyretic")) == 3


def test_a_table_of_earlier_infusions_replaces_them_all() -> None:
    draft = order("maintenance")
    table = [["date", "dose", "reaction"], ["2025-05-31", "3 mg", "grade 2"]]
    carry_out(draft, "the earlier infusions of Campath in course 1 are:", table)
    assert draft.document["patient"]["prior_infusions"] == [
        {"product": "Campath", "date": "2025-05-31", "dose_mg": "3", "course": 1, "reaction_grade": 2}
    ]


@pytest.mark.parametrize(
    "table",
    [
        [["date", "dose", "reaction"]],
        [["date", "dose"], ["2025-05-31", "3 mg"]],
        [["date", "dose", "reaction"], ["2025-05-32", "3 mg", "grade 2"]],
        [["date", "dose", "reaction"], ["2025-05-31", "3", "grade 2"]],
        [["date", "dose", "reaction"], ["2025-05-31", "3 mg", "2"]],
    ],
)
def test_a_table_of_earlier_infusions_that_cannot_be_read_is_refused(table: list[list[str]]) -> None:
    with pytest.raises(StepError):
        carry_out(order("maintenance"), "the earlier infusions of Campath in course 1 are:", table)


def test_earlier_infusions_move_with_their_monitoring_and_the_newest_results_stay() -> None:
    draft = changed("the earlier infusions and their monitoring are moved back by 3 days", start="course 2")
    patient = draft.document["patient"]
    assert [entry["date"] for entry in patient["prior_infusions"]] == [
        "2025-05-30",
        "2025-05-31",
        "2025-06-01",
        "2025-06-02",
        "2025-06-03",
    ]
    days = sorted({lab["collected_on"] for lab in patient["labs"]})
    assert (days[0], days[-2], days[-1]) == ("2025-06-28", "2026-05-02", "2026-05-26")
    carry_out(draft, "the earlier infusions and their monitoring are moved by 3 days")
    assert read(draft) == read(order("course 2"))


def test_a_drug_given_by_its_code_has_no_name() -> None:
    draft = changed(
        "the antiviral is the drug with RxCUI 73645", "the steroid on day 2 is the drug with RxCUI 8640"
    )
    for entry, code in ((draft.prophylaxes("antiviral")[0], "73645"), (draft.doses("steroid")[1], "8640")):
        assert "name" not in entry
        assert entry["rxcui"] == code


@pytest.mark.parametrize(
    ("text", "path", "key"),
    [
        ("the patient took these medications until 2015-12-31:", "medications", "name"),
        ("the patient took medications with these RxCUIs until 2015-12-31:", "medications", "rxcui"),
        ("the patient took medications with these ATC codes until 2015-12-31:", "medications", "atc"),
        ("the patient received these vaccines 41 days before day 1:", "immunizations", "name"),
        ("the patient received vaccines with these CVX codes 41 days before day 1:", "immunizations", "cvx"),
    ],
)
def test_a_table_of_one_column_adds_an_entry_for_each_row(text: str, path: str, key: str) -> None:
    draft = order()
    carry_out(draft, text, [["03"], ["five words, and a comma"]])
    assert [entry[key] for entry in draft.document["patient"][path]] == ["03", "five words, and a comma"]
    with pytest.raises(StepError, match="one column"):
        carry_out(order(), text, [["03", "37"]])


def test_a_result_named_by_its_date_can_be_stated_and_a_urinalysis_added() -> None:
    draft = changed(
        "the neutrophil count of 2025-05-11 is 200 per microlitre",
        "a further abnormal urinalysis is from 2025-05-20",
        start="maintenance",
    )
    labs = draft.document["patient"]["labs"]
    assert (labs[0]["value"], labs[2]["value"]) == ("200", "2100")
    assert labs[-1] == {
        "test": "urinalysis-cell-counts",
        "value": "abnormal",
        "collected_on": "2025-05-20",
    }


@pytest.mark.parametrize(
    "table",
    [
        [["date", "dose", "duration"]],
        [["date", "dose", "duration", "volume"], ["2025-06-02", "3 mg", "120 minutes", "1 mL"]],
        [["day", "dose", "duration"], ["2025-06-02", "3 mg", "120 minutes"]],
        [["date", "dose", "duration"], ["2025-06-31", "3 mg", "120 minutes"]],
        [["date", "dose", "duration"], ["2025-06-02", "3 g", "120 minutes"]],
        [["date", "dose", "duration"], ["2025-06-02", "3", "120 minutes"]],
    ],
)
def test_a_table_of_infusions_that_cannot_be_read_is_refused(table: list[list[str]]) -> None:
    with pytest.raises(StepError):
        carry_out(order(), "the infusions are:", table)


ABSENT = [
    "there is no steroid on 2025-06-05",
    "the steroid on 2025-06-05 is 999 mg",
    "there is no CD4 count result",
    "the CD4 count is 150 per microlitre",
    "the TSH result of 2025-05-21 is left out",
    "infusion 6 is held",
    "infusion 0 is held",
    "earlier infusion 1 is left out",
    "the last earlier infusion was on 2025-06-01",
    "the onset of condition 1 is not known",
    "the dose of the steroid on 2025-06-06 is not known",
    "there is no pneumocystis prophylaxis",
]


@pytest.mark.parametrize("text", ABSENT)
def test_what_the_order_does_not_have_cannot_be_changed(text: str) -> None:
    with pytest.raises(StepError):
        changed(text)


# -- reading ---------------------------------------------------------------------------------------------

MISREAD = [
    "the patient takes fingolimod from 2025-6-1",
    "the patient takes fingolimod until 01.06.2025",
    "the patient takes a drug",
    "the patient takes no drug",
    "the patient is allergic to",
    "infusion 2 runs for -1 minutes",
    "infusion 2 runs for 1e3 minutes",
    "infusion 2 runs for 240 hours",
    "infusion two runs for 240 minutes",
    "the dose of infusion 2 is 12 mL",
    "the dose of infusion 2 is 12",
    "Infusion 2 runs for 240 minutes",
    "the patient is allergic to polysorbate 80 and ",
]


@pytest.mark.parametrize("text", MISREAD)
def test_what_is_not_quite_a_step_is_no_step(text: str) -> None:
    assert steps_reading("given", text) == []


def test_a_misspelt_preposition_becomes_part_of_a_name_that_no_value_set_knows(verifier: Verifier) -> None:
    draft = changed("the patient takes fingolimod form 2025-01-01")
    assert draft.drugs == ["fingolimod form 2025-01-01"]
    match = verifier.rulebook.terminology.drug(draft.drugs[0], None, None)
    assert match is not None
    assert not match.recognised


def test_a_text_that_reads_two_ways_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orderguard.testing.registry.STEPS", [*STEPS, STEPS[0]])
    with pytest.raises(StepError, match="2 different steps"):
        the_step("given", STEPS[0].example)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("the dilutent of infusion 2 is none", "Did you mean `the diluent of infusion 2"),
        ("the diluent of infusion 2 is lactated ringers", "Did you mean `lactated Ringer's solution`"),
        ("the patient has an active strok", "Did you mean `stroke`"),
        ("the order is verified", "It is a `When` step."),
        ("zzz", "No `Given` step reads like this."),
    ],
)
def test_a_text_that_is_no_step_is_answered_with_what_may_have_been_meant(text: str, answer: str) -> None:
    assert answer in not_found("given", text)


@pytest.mark.parametrize(
    ("message", "numbers"),
    [
        ("Infusion 2 runs 239 min; at least 240 min are required. Infusion 3 runs 100 min.", {2, 3}),
        ("Not known for infusions 1, 2 and 13: the duration.", {1, 2, 13}),
        ("Infusion 12 runs 239.5 min.", {12}),
        ("The newest of 5 earlier infusions, earlier infusion 4, was too late.", set()),
    ],
)
def test_the_infusions_that_a_message_names_are_counted_whole(message: str, numbers: set[int]) -> None:
    assert infusions_named(message) == numbers


@pytest.mark.parametrize(
    ("said", "message", "stands"),
    [
        ("239", "runs 239 min", True),
        ("239", "runs 1239 min", False),
        ("239", "runs 239.5 min", False),
        ("239", "runs 239.", True),
        ("9.5", "runs 239.5 min", False),
        ("infusion 2", "infusion 2, infusion 3", True),
        ("infusion 2", "infusion 20", False),
        ("at least 240 min", "at least 240 min are required", True),
    ],
)
def test_words_of_a_message_are_compared_as_whole_words(said: str, message: str, stands: Any) -> None:
    assert _stands_in(said, message) is stands
