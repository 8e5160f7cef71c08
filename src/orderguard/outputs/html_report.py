"""The page of a run: one HTML file that needs no network, with everything of an order escaped by Jinja2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orderguard.checked import Checked
from orderguard.errors import InvalidOrder
from orderguard.inputs.extra import batch_library
from orderguard.order import Order
from orderguard.output import printable
from orderguard.outputs.overview import Looked, Overview, RuleCount, violated_first
from orderguard.outputs.timeline import LABELS, WIDTH, Timeline, draw_course

if TYPE_CHECKING:
    from orderguard.out_file import OutFile

_DECISIONS = {
    "verified": "every rule was cleared",
    "hold": "a pharmacist must look",
    "reject": "a rule that blocks is violated",
    "invalid": "no order: not checked",
}
_CHART_RULES = 15
_FINDINGS = 10
_SOURCES = 10
_ERRORS = 5
_MORE_RULES = 12
_MISSING = 8
_LISTED_RULES = 3
_LONGEST_MESSAGE = 600


@dataclass(frozen=True)
class _Card:
    """An order to look at, as the page shows it."""

    checked: Checked
    verdict: Mapping[str, Any]
    timeline: Timeline | None

    @property
    def findings(self) -> list[Mapping[str, Any]]:
        """The findings that are shown in full."""
        return violated_first(self.verdict["findings"])[:_FINDINGS]

    @property
    def missing(self) -> list[str]:
        """The places of the order document that findings lack, each once."""
        places = (place for finding in self.verdict["findings"] for place in finding["missing"])
        return list(dict.fromkeys(places))

    @property
    def more(self) -> list[str]:
        """The rules of the other findings."""
        return [finding["rule"] for finding in violated_first(self.verdict["findings"])[_FINDINGS:]]


class HtmlReport:
    """Collects a run and writes its page at the end.

    Args:
        file: where the page is written.
    """

    def __init__(self, file: OutFile) -> None:
        self._file = file
        self._overview = Overview()
        self._template = page_template()

    def add(self, checked: Checked) -> None:
        """Count a record."""
        self._overview.add(checked)

    def end(self) -> None:
        """Write the page.

        Raises:
            OutputError: it cannot be written.
        """
        for piece in self._template.generate(**_shown(self._overview)):
            self._file.write(piece, flush=False)
        self._file.close()


def page_template() -> Any:
    """The template of the page.

    Raises:
        MissingExtraError: Jinja2 is not installed.
    """
    jinja = batch_library("jinja2", "The HTML report")
    environment = jinja.Environment(
        loader=jinja.PackageLoader("orderguard.outputs", "templates"),
        autoescape=True,
        undefined=jinja.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: printable(value) if type(value) is str else value,
    )
    return environment.get_template("report.html.j2")


def _shown(overview: Overview) -> dict[str, Any]:
    total = overview.decisions.total()
    rules = overview.rules_by_count()
    looked = overview.to_look_at()
    return {
        "total": total,
        "decisions": [
            {"name": name, "says": says, "count": count, "share": 100 * count / total if total else 0.0}
            for name, says in _DECISIONS.items()
            for count in [overview.decisions[name]]
        ],
        "to_look_at": overview.decisions["reject"] + overview.decisions["hold"],
        "sources": overview.sources.most_common(_SOURCES),
        "more_sources": max(0, len(overview.sources) - _SOURCES),
        "packs": overview.judged_by(),
        "chart": _chart(rules[:_CHART_RULES]),
        "rules": rules,
        "cards": [_card(order) for order in looked],
        "listed": overview.to_look_at_next(),
        "listed_rules": _LISTED_RULES,
        "invalid": [
            (checked, errors[:_ERRORS], len(errors) - _ERRORS) for checked, errors in overview.invalid
        ],
        "longest": _LONGEST_MESSAGE,
        "more_rules": _MORE_RULES,
        "most_missing": _MISSING,
        "timeline_width": WIDTH,
        "timeline_labels": LABELS,
    }


_CHART_BAR = 480


def _chart(rules: list[RuleCount]) -> list[dict[str, Any]]:
    """The rows of the chart: the lengths of both bars of each rule."""
    most = max((rule.outcomes.total() for rule in rules), default=1)
    return [
        {
            "rule": rule,
            "severity": "/".join(sorted(rule.severities)),
            "violated": _CHART_BAR * rule.outcomes["violated"] / most,
            "unknown": _CHART_BAR * rule.outcomes["not-evaluated"] / most,
        }
        for rule in rules
    ]


def _card(looked: Looked) -> _Card:
    return _Card(looked.checked, looked.verdict, _course(looked))


def _course(looked: Looked) -> Timeline | None:
    """The drawing of an order; a report is written without it rather than not at all."""
    try:
        return draw_course(Order.model_validate_json(looked.checked.order), looked.verdict["findings"])
    except (InvalidOrder, ArithmeticError, ValueError):
        return None
