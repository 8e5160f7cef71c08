"""The condition language: what parses, what is refused and why, and how it reads."""

from decimal import Decimal

import pytest

from orderguard.facts.definition import Fact, Kind
from orderguard.facts.vocabulary import Vocabulary
from orderguard.rulebook.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    Not,
    OneOf,
    Op,
    facts_of,
    format_value,
    leaves,
    parse_condition,
    parse_value,
    render,
)
from orderguard.rulebook.yaml_source import parse_yaml

VOCABULARY = Vocabulary(
    [
        Fact("infusion.duration_minutes", "infusion", Kind.DECIMAL, "duration", "min", lowest=0),
        Fact("infusion.vitals", "infusion", Kind.BOOLEAN, "vital signs ordered"),
        Fact("course.number", "order", Kind.INTEGER, "course number", lowest=1),
        Fact("course.count", "order", Kind.INTEGER, "number of infusions", "infusions", lowest=0, highest=10),
        Fact("product.diluent", "order", Kind.WORD, "diluent", words=("saline", "dextrose", "water")),
        Fact("product.many", "order", Kind.WORD, "many", words=tuple(f"w{n}" for n in range(12))),
        Fact("product.single", "order", Kind.WORD, "single", words=("only",)),
        Fact("immunization.days", "immunization", Kind.INTEGER, "days", "days"),
    ]
)


def parse(
    text: str, scope: str = "infusion"
) -> tuple[Condition | None, list[tuple[tuple[str | int, ...], str]]]:
    problems: list[tuple[tuple[str | int, ...], str]] = []
    data = parse_yaml(text).data
    condition = parse_condition(data, (), VOCABULARY, scope, lambda path, text: problems.append((path, text)))
    assert (condition is None) == bool(problems)
    return condition, problems


def parsed(text: str) -> Condition:
    condition, problems = parse(text)
    assert condition is not None, problems
    return condition


def test_each_operator_parses_to_its_comparison() -> None:
    for op in Op:
        assert parsed(f"{{course.count: {{{op}: 5}}}}") == Compare("course.count", op, 5)


def test_a_condition_joins_conditions() -> None:
    condition = parsed(
        "any: [{all: [{course.number: {equals: 1}}, {not: {infusion.vitals: {equals: true}}}]},"
        " {product.diluent: {one_of: [saline, water]}}]"
    )
    assert condition == AnyOf(
        (
            AllOf((Compare("course.number", Op.EQUALS, 1), Not(Compare("infusion.vitals", Op.EQUALS, True)))),
            OneOf("product.diluent", ("saline", "water")),
        )
    )
    assert facts_of(condition) == ("course.number", "infusion.vitals", "product.diluent")
    assert len(list(leaves(condition))) == 3


@pytest.mark.parametrize("written", ["240", "240.0", "240.000000"])
def test_a_constant_of_a_decimal_fact_is_one_decimal_however_it_is_written(written: str) -> None:
    condition = parsed(f"infusion.duration_minutes: {{at_least: {written}}}")
    assert isinstance(condition, Compare)
    assert isinstance(condition.value, Decimal)
    assert condition == Compare("infusion.duration_minutes", Op.AT_LEAST, Decimal(240))


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("{}", (), "exactly one key"),
        ("[]", (), "exactly one key"),
        ("text", (), "exactly one key"),
        ("{course.number: {equals: 1}, course.count: {equals: 1}}", (), "exactly one key"),
        ("{all: []}", ("all",), "at least one condition"),
        ("{any: {}}", ("any",), "at least one condition"),
        ("{not: []}", ("not",), "exactly one key"),
        ("{course.numbr: {equals: 1}}", ("course.numbr",), "did you mean `course.number`?"),
        ("{zzz: {equals: 1}}", ("zzz",), "there is no fact `zzz`"),
        (
            "{immunization.days: {equals: 1}}",
            ("immunization.days",),
            "of the scope `immunization` cannot be used",
        ),
        ("{course.number: 1}", ("course.number",), "exactly one operator"),
        ("{course.number: {}}", ("course.number",), "exactly one operator"),
        ("{course.number: {at_least: 1, at_most: 2}}", ("course.number",), "exactly one operator"),
        ("{course.number: {atleast: 2}}", ("course.number", "atleast"), "`atleast` cannot be asked"),
        ("{course.number: {one_of: [1, 2]}}", ("course.number", "one_of"), "`one_of` cannot be asked"),
        ("{infusion.vitals: {at_least: true}}", ("infusion.vitals", "at_least"), "use `equals`"),
        ("{product.diluent: {more_than: water}}", ("product.diluent", "more_than"), "use `equals`, `one_of`"),
        ("{infusion.vitals: {equals: 1}}", ("infusion.vitals", "equals"), "`true` or `false`"),
        ("{infusion.vitals: {equals: yes}}", ("infusion.vitals", "equals"), "`true` or `false`"),
        ("{course.number: {equals: true}}", ("course.number", "equals"), "is a number"),
        ("{course.number: {equals: '2'}}", ("course.number", "equals"), "is a number"),
        ("{course.number: {equals: 2.0}}", ("course.number", "equals"), "is a whole number"),
        ("{course.number: {equals: 0}}", ("course.number", "equals"), "not below 1"),
        ("{course.count: {equals: 11}}", ("course.count", "equals"), "not above 10"),
        (
            "{course.number: {equals: 1000000000001}}",
            ("course.number", "equals"),
            "at most 1,000,000,000,000",
        ),
        (
            "{infusion.duration_minutes: {at_least: 1.2345678}}",
            ("infusion.duration_minutes", "at_least"),
            "at most 6 decimal places",
        ),
        ("{product.diluent: {equals: salin}}", ("product.diluent", "equals"), "did you mean `saline`?"),
        ("{product.diluent: {equals: 1}}", ("product.diluent", "equals"), "is a word: one of saline"),
        ("{product.diluent: {one_of: saline}}", ("product.diluent", "one_of"), "needs a list of words"),
        ("{product.diluent: {one_of: []}}", ("product.diluent", "one_of"), "needs a list of words"),
        ("{product.diluent: {one_of: [saline, oil]}}", ("product.diluent", "one_of", 1), "`oil` is no word"),
        ("{product.diluent: {one_of: [water, water]}}", ("product.diluent", "one_of"), "a word twice"),
        (
            "{product.many: {one_of: [w0, w1, w2, w3, w4, w5, w6, w7, w8]}}",
            ("product.many", "one_of"),
            "at most 8 words",
        ),
        (
            "{product.diluent: {one_of: [water, saline, dextrose]}}",
            ("product.diluent", "one_of"),
            "always true",
        ),
        ("{product.single: {equals: only}}", ("product.single", "equals"), "always true"),
        ("{course.count: {at_least: 0}}", ("course.count", "at_least"), "always true"),
        ("{course.count: {at_most: 10}}", ("course.count", "at_most"), "always true"),
        ("{course.count: {less_than: 0}}", ("course.count", "less_than"), "always false"),
        ("{course.count: {more_than: 10}}", ("course.count", "more_than"), "always false"),
        (
            "{any: [{course.number: {equals: 1}}, {course.number: {equals: 1}}]}",
            ("any", 1),
            "twice in one `any`",
        ),
        ("{not: " * 14 + "{course.number: {equals: 1}}" + "}" * 14, ("not",) * 13, "at most 12 levels"),
    ],
)
def test_what_is_no_condition_is_refused_where_it_stands(
    text: str, place: tuple[str | int, ...], words: str
) -> None:
    condition, problems = parse(text)
    assert condition is None
    ((path, message),) = problems
    assert path == place
    assert words in message


def test_all_problems_of_a_condition_are_reported_at_once() -> None:
    _, problems = parse("all: [{a: {equals: 1}}, {not: {b: {equals: 1}}}, {course.number: {equals: x}}]")
    assert [path for path, _ in problems] == [
        ("all", 0, "a"),
        ("all", 1, "not", "b"),
        ("all", 2, "course.number", "equals"),
    ]


def test_an_item_rule_may_use_facts_of_the_order_but_not_the_other_way_round() -> None:
    text = "{infusion.vitals: {equals: true}}"
    assert parse(text, "infusion")[0] is not None
    assert parse(text, "order")[0] is None
    assert parse("{course.number: {equals: 1}}", "infusion")[0] is not None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{infusion.duration_minutes: {at_least: 240}}", "duration is at least 240 min"),
        ("{infusion.duration_minutes: {less_than: 1.50}}", "duration is less than 1.5 min"),
        ("{not: {infusion.duration_minutes: {at_least: 240}}}", "duration is less than 240 min"),
        ("{course.number: {equals: 1}}", "course number is 1"),
        ("{not: {course.number: {equals: 1}}}", "course number is not 1"),
        ("{course.count: {more_than: 5}}", "number of infusions is more than 5"),
        ("{infusion.vitals: {equals: true}}", "vital signs ordered: yes"),
        ("{not: {infusion.vitals: {equals: true}}}", "vital signs ordered: no"),
        ("{product.diluent: {one_of: [saline, water]}}", "diluent is saline or water"),
        ("{not: {product.diluent: {one_of: [saline, water]}}}", "diluent is not saline and not water"),
        (
            "{any: [{course.number: {equals: 1}}, {all: [{course.count: {at_most: 5}},"
            " {infusion.vitals: {equals: false}}]}]}",
            "course number is 1 or (number of infusions is at most 5 and vital signs ordered: no)",
        ),
        (
            "{not: {all: [{course.number: {equals: 1}}, {course.count: {at_most: 5}}]}}",
            "not (course number is 1 and number of infusions is at most 5)",
        ),
    ],
)
def test_a_condition_reads_as_a_sentence(text: str, sentence: str) -> None:
    assert render(parsed(text), VOCABULARY) == sentence


def test_a_value_is_written_with_its_unit_and_without_an_exponent() -> None:
    duration = VOCABULARY["infusion.duration_minutes"]
    assert format_value(duration, Decimal("2.4E+2")) == "240 min"
    assert format_value(duration, Decimal("0.000001")) == "0.000001 min"
    assert format_value(duration, Decimal("0.00")) == "0 min"
    assert format_value(VOCABULARY["infusion.vitals"], False) == "no"


def test_a_value_out_of_yaml_gets_the_type_of_its_fact() -> None:
    assert isinstance(parse_value(VOCABULARY["infusion.duration_minutes"], 240), Decimal)
    with pytest.raises(ValueError, match="not below 0"):
        parse_value(VOCABULARY["infusion.duration_minutes"], -1)
    with pytest.raises(ValueError, match="whole number"):
        parse_value(VOCABULARY["course.number"], Decimal("1.5"))


def test_the_decimal_context_of_the_host_program_changes_nothing() -> None:
    from decimal import localcontext

    with localcontext() as context:
        context.prec = 3
        condition = parsed("{infusion.duration_minutes: {at_least: 123456.654321}}")
    assert condition == Compare("infusion.duration_minutes", Op.AT_LEAST, Decimal("123456.654321"))
