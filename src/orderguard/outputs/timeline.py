"""The course of an order as a drawing: earlier course, labs, infusions, premedication, prophylaxis.

The days of the course are to scale. What lies before and after stands in columns in the order of time. What
is known to be none and what is not known are told apart in words.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from orderguard.order import Infusion, Order, Premedication, Prophylaxis
from orderguard.time_zones import time_zone

WIDTH = 960
LABELS = 236
RIGHT = WIDTH - 8

_COLUMN = 76
_COLUMNS_BEFORE = 4
_COLUMNS_AFTER = 3
_BREAK = 14
_OPEN_END = 34
_AXIS = 40
_LANE = 24
_MOST_LANES = 6
_MOST_DAYS = 366
_NEAR = timedelta(days=2)
_MOST_SHAPES = 400
_WEEKDAYS_FROM = 62
_HOURS_FROM = 240
"""How many pixels wide a day must be for its weekday, and for its hours, to be written."""
_HOUR_STEP = 4
_DAY = timedelta(days=1)


_MARKED = {"!": (" violated", "Violated"), "?": (" missing", "Not evaluated"), "": ("", "")}
"""How a figure with a flag looks, and what the flag means."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A figure: its outline as an SVG path, how it looks, and what is said of it when it is pointed at."""

    path: str
    look: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place."""

    x: float
    y: float
    text: str
    look: str = ""
    anchor: str = "start"


@dataclass
class Timeline:
    """A drawing.

    Attributes:
        summary: what it shows, for people who cannot see it.
        height: its height; its width is `WIDTH`.
        shapes: figures, the lowest first.
        labels: texts.
        left_out: what could not be drawn, as sentences.
    """

    summary: str
    height: float = 0
    shapes: list[Shape] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def draw_course(order: Order, findings: Iterable[Mapping[str, Any]]) -> Timeline | None:
    """The course of an order, with what findings name marked; None when no infusion has a time.

    Args:
        order: the order.
        findings: the findings of its verdict document.
    """
    starts = [_local(infusion.scheduled_start, order) for infusion in order.infusions]
    known = [start.date() for start in starts if start is not None]
    if not known or (max(known) - min(known)).days > _MOST_DAYS:
        return None
    return _Drawing(order, _Flags(findings), min(known), max(known)).drawn()


def _local(moment: datetime | None, order: Order) -> datetime | None:
    """The instant on the clock of the infusion site."""
    return None if moment is None else moment.astimezone(time_zone(order.time_zone)).replace(tzinfo=None)


class _Flags:
    """Which places of an order findings name."""

    def __init__(self, findings: Iterable[Mapping[str, Any]]) -> None:
        self._rules: dict[str, dict[str, None]] = defaultdict(dict)
        self._violated: set[str] = set()
        for finding in findings:
            violated = finding["outcome"] == "violated"
            places = [entry["path"] for entry in finding["evidence"]] if violated else finding["missing"]
            for place in places:
                self._rules[place][finding["rule"]] = None
                if violated:
                    self._violated.add(place)

    def of(self, place: str, *, below: bool = True) -> tuple[str, list[str]]:
        """The mark for a place, and the rules that name it: `!` violated, `?` not evaluated, or none."""
        named = [path for path in self._rules if path == place or (below and path.startswith(place + "/"))]
        rules = list(dict.fromkeys(rule for path in named for rule in self._rules[path]))
        if not named:
            return "", rules
        return ("!" if any(path in self._violated for path in named) else "?"), rules


class _Axis:
    """Where a time stands from left to right."""

    def __init__(self, first: date, last: date, others: Collection[date], *, open_end: bool) -> None:
        self.first = first
        self.days = (last - first).days + 1
        self.before = _columns([day for day in others if day < first], _COLUMNS_BEFORE)
        self.after = _columns([day for day in others if day > last], _COLUMNS_AFTER)
        self.start = LABELS + (len(self.before) * _COLUMN + _BREAK if self.before else 6)
        end = RIGHT - (_OPEN_END if open_end else 0)
        self.end = end - (len(self.after) * _COLUMN + _BREAK if self.after else 6)
        self.day_width = (self.end - self.start) / self.days

    def of(self, when: date | datetime) -> float:
        """The x of an instant, or of the middle of a column or a day."""
        moment = when if isinstance(when, datetime) else datetime.combine(when, time(12))
        day = moment.date()
        for number, column in enumerate(self.before):
            if day <= column[-1] and day < self.first:
                return LABELS + (number + 0.5) * _COLUMN
        for number, column in enumerate(self.after):
            if column[0] <= day <= column[-1]:
                return self.end + _BREAK + (number + 0.5) * _COLUMN
        days = (moment - datetime.combine(self.first, time())) / _DAY
        return self.start + min(max(days, 0), self.days) * self.day_width


def _columns(days: Collection[date], most: int) -> list[list[date]]:
    """Days in the order of time, those put together that lie closest when there are more than `most`."""
    ordered = sorted(set(days))
    if not ordered:
        return []
    gaps = [(later - earlier, place) for place, (earlier, later) in enumerate(itertools.pairwise(ordered), 1)]
    widest = sorted(gaps, key=lambda gap: (-gap[0].days, gap[1]))[: most - 1]
    cuts = [0, *sorted(place for _, place in widest), len(ordered)]
    return [ordered[start:end] for start, end in itertools.pairwise(cuts)]


class _Drawing:
    """Draws lane by lane, from the top."""

    def __init__(self, order: Order, flags: _Flags, first: date, last: date) -> None:
        self._order = order
        self._flags = flags
        given = [_local(dose.scheduled_at, order) for dose in order.premedications or ()]
        times = [moment.date() for moment in given if moment is not None]
        first = min([first, *(day for day in times if first - _NEAR <= day < first)])
        last = max([last, *(day for day in times if last < day <= last + _NEAR)])
        courses = order.prophylaxis or ()
        days = [
            *times,
            *(lab.collected_on for lab in order.patient.labs or () if lab.collected_on),
            *(dose.date for dose in order.patient.prior_infusions or () if dose.date),
            *(day for course in courses for day in (course.start, course.end) if day),
        ]
        open_end = any(course.end is None for course in courses)
        self._axis = _Axis(first, last, days, open_end=open_end)
        self._y: float = _AXIS
        self._timeline = Timeline(
            f"Course of order {order.order_id}: {_count(len(order.infusions), 'infusion')} "
            f"from {first} to {last}."
        )
        self._top: list[Shape] = []

    def drawn(self) -> Timeline:
        """The whole drawing."""
        self._earlier()
        self._labs()
        self._infusions()
        self._premedications()
        self._prophylaxis()
        self._timeline.height = self._y + 4
        self._timeline.shapes = [*self._grid(), *self._timeline.shapes, *self._top]
        return self._timeline

    # Lanes

    def _earlier(self) -> None:
        doses = self._order.patient.prior_infusions
        marks: dict[float, list[int]] = defaultdict(list)
        for number, dose in enumerate(doses or ()):
            if dose.date is None:
                self._leave_out(f"earlier infusion {number + 1}: no date")
            else:
                marks[self._axis.of(dose.date)].append(number)
        self._lane("Earlier course", "/patient/prior_infusions", doses, "no earlier infusions")
        middle = self._y - _LANE / 2
        for x, numbers in marks.items():
            days = [dose.date for number in numbers if (dose := (doses or ())[number])]
            title = f"{_count(len(numbers), 'earlier infusion')}, {_span([day for day in days if day])}"
            place = ("/patient/prior_infusions", numbers)
            self._mark(_diamond(x, middle), "earlier", title, place, (x, middle))
            if len(numbers) > 1:
                self._text(x - 11, middle + 4, f"{len(numbers)} x", "small", "end")

    def _labs(self) -> None:
        labs = self._order.patient.labs
        marks: dict[float, list[int]] = defaultdict(list)
        for number, lab in enumerate(labs or ()):
            if lab.collected_on is None:
                self._leave_out(f"{lab.test or 'a lab'}: no date")
            else:
                marks[self._axis.of(lab.collected_on)].append(number)
        self._lane("Labs", "/patient/labs", labs, "no labs")
        middle = self._y - _LANE / 2
        for x, numbers in marks.items():
            found = [(labs or ())[number] for number in numbers]
            names = ", ".join(dict.fromkeys(lab.test or "test not named" for lab in found))
            title = f"{_span([lab.collected_on for lab in found if lab.collected_on])}: {names}"
            self._mark(_circle(x, middle, 8.5), "lab", title, ("/patient/labs", numbers), (x, middle))
            self._text(x, middle + 4, str(len(numbers)), "small", "middle")

    def _infusions(self) -> None:
        wide = self._axis.day_width
        infusions = self._order.infusions
        written = [text for text, least in _WRITTEN_FROM.items() if wide >= least]
        height = _LANE + 8 + 12 * len(written)
        self._lane("Infusions", "/infusions", infusions, "", height=height)
        top = self._y - height + 10
        for number, infusion in enumerate(infusions):
            start = _local(infusion.scheduled_start, self._order)
            if start is None:
                self._leave_out(f"infusion {number + 1}: no start")
                continue
            x = self._axis.of(start)
            minutes = infusion.duration_minutes
            end = start + timedelta(minutes=float(min(minutes, Decimal(1440)))) if minutes else start
            width = max(self._axis.of(end) - x, min(5, wide * 0.8))
            look = f"infusion {infusion.status}" + ("" if minutes else " unknown")
            said = f"{start:%Y-%m-%d %H:%M}: {_dose_text(infusion)}, {_duration_text(infusion)}"
            title = f"Infusion {number + 1}, {said}"
            self._mark(
                _box(x, top, width, 16), look, title, ("/infusions", [number]), (x + width / 2, top + 8)
            )
            for row, text in enumerate(written):
                middle = min(max(x + width / 2, LABELS + 24), RIGHT - 24)
                self._text(middle, top + 28 + 12 * row, text(infusion), "small", "middle")

    def _premedications(self) -> None:
        doses = self._order.premedications
        by_name: dict[str, list[tuple[int, Premedication]]] = defaultdict(list)
        for number, dose in enumerate(doses or ()):
            by_name[dose.name or "not named"].append((number, dose))
        if not by_name:
            self._lane("Premedication", "/premedications", doses, "none ordered")
            return
        for name, given in self._lanes("Premedication", by_name, "/premedications"):
            middle = self._y - _LANE / 2
            for number, dose in given:
                when = _local(dose.scheduled_at, self._order)
                if when is None:
                    self._leave_out(f"{name}: a dose without a time")
                    continue
                x = self._axis.of(when)
                title = f"{name}, {when:%Y-%m-%d %H:%M}"
                path = _triangle(x, middle)
                self._mark(path, "premedication", title, ("/premedications", [number]), (x, middle))

    def _prophylaxis(self) -> None:
        courses = self._order.prophylaxis
        by_name: dict[str, list[tuple[int, Prophylaxis]]] = defaultdict(list)
        for number, course in enumerate(courses or ()):
            by_name[course.name or "not named"].append((number, course))
        if not by_name:
            self._lane("Prophylaxis", "/prophylaxis", courses, "none ordered")
            return
        for name, given in self._lanes("Prophylaxis", by_name, "/prophylaxis"):
            for number, course in given:
                self._course(name, number, course)

    def _course(self, name: str, number: int, course: Prophylaxis) -> None:
        top = self._y - _LANE + 5
        begin, end = course.start, course.end
        left = self._axis.of(datetime.combine(begin, time())) if begin else LABELS + 4
        right = self._axis.of(datetime.combine(end, time(23, 59))) if end else RIGHT - 2
        look = "prophylaxis" + ("" if begin else " unknown")
        right = max(right, left + 5)
        path = _box(left, top, right - left, 14) if end else _arrow(left, top, right - left, 14)
        said = f"{begin or 'start not known'} to {end or 'open end'}"
        self._mark(path, look, f"{name}, {said}", ("/prophylaxis", [number]), (right - 16, top + 7))
        if right - left > 7 * len(said):
            self._text(left + 6, top + 11, said, "small")

    # Parts of lanes

    def _lanes(
        self, title: str, by_name: Mapping[str, list[tuple[int, Any]]], place: str
    ) -> Iterator[tuple[str, list[tuple[int, Any]]]]:
        """A lane for each name, as many as there is room for."""
        names = list(by_name)
        for number, name in enumerate(names[:_MOST_LANES]):
            self._lane(title if number == 0 else "", place, (name,), "", sub=name, flagged=number == 0)
            yield name, by_name[name]
        rest = names[_MOST_LANES:]
        if rest:
            self._leave_out(f"{title.lower()}: {', '.join(rest)}")

    def _lane(
        self,
        title: str,
        place: str,
        values: Collection[object] | None,
        none: str,
        *,
        sub: str = "",
        height: float = _LANE,
        flagged: bool = True,
        below: bool = False,
    ) -> None:
        """Begin a lane with its name at the left."""
        y = self._y + 16
        if title:
            self._timeline.shapes.append(Shape(f"M8 {_n(self._y)}H{RIGHT}", "line"))
            self._text(8, y, title, "strong")
        if sub:
            self._text(LABELS - 8, y, _short(sub, 20), "small", "end")
        mark, rules = self._flags.of(place, below=below) if flagged else ("", [])
        if mark:
            self._flag(LABELS - 6 if not sub else 100, y - 5, mark, f"{title}: {', '.join(rules)}")
        if not values:
            self._text(self._axis.start + 4, y, "not known" if values is None else none, "none")
        self._y += height

    def _mark(
        self,
        path: str,
        look: str,
        title: str,
        entries: tuple[str, Sequence[int]],
        at: tuple[float, float],
    ) -> None:
        """A figure for entries of a list, with a flag when findings name one of them."""
        if len(self._timeline.shapes) > _MOST_SHAPES:
            self._leave_out("more entries than can be told apart")
            return
        place, numbers = entries
        found = [self._flags.of(f"{place}/{number}") for number in numbers]
        marks = {mark for mark, _ in found}
        rules = list(dict.fromkeys(rule for _, rules in found for rule in rules))
        kind = "!" if "!" in marks else "?" if "?" in marks else ""
        outline, outcome = _MARKED[kind]
        said = f"{title}. {outcome}: {', '.join(rules)}" if kind else title
        self._timeline.shapes.append(Shape(path, look + outline, said))
        if kind:
            x, y = at
            self._flag(x + 9, y - 8, kind, said)

    def _flag(self, x: float, y: float, mark: str, title: str) -> None:
        self._top.append(Shape(_circle(x, y, 6.5), "flag-violated" if mark == "!" else "flag-missing", title))
        self._text(x, y + 4, mark, "flag", "middle")

    def _text(self, x: float, y: float, text: str, look: str = "", anchor: str = "start") -> None:
        self._timeline.labels.append(Label(round(x, 1), round(y, 1), text, look, anchor))

    def _leave_out(self, what: str) -> None:
        if what not in self._timeline.left_out:
            self._timeline.left_out.append(what)

    # The axis

    def _grid(self) -> Iterator[Shape]:
        axis, bottom = self._axis, self._y
        step = max(1, -int(-46 // axis.day_width))
        with_infusion = {
            start.date() for i in self._order.infusions if (start := _local(i.scheduled_start, self._order))
        }
        for number in range(axis.days):
            day = axis.first + number * _DAY
            x = axis.start + number * axis.day_width
            if day in with_infusion:
                yield Shape(_box(x, _AXIS, axis.day_width, bottom - _AXIS), "day")
            if number % step == 0:
                name = (
                    f"{day.day} {day:%b}"
                    if axis.day_width < _WEEKDAYS_FROM
                    else f"{day:%a} {day.day} {day:%b}"
                )
                self._text(
                    x + (axis.day_width / 2 if step == 1 else 0),
                    34,
                    name,
                    "small",
                    "middle" if step == 1 else "start",
                )
                yield Shape(f"M{_n(x)} {_AXIS}V{_n(bottom)}", "tick")
        if axis.day_width >= _HOURS_FROM:
            yield from self._hours()
        yield Shape(f"M{_n(axis.end)} {_AXIS}V{_n(bottom)}", "tick")
        days = "1 day" if axis.days == 1 else f"{axis.days} days"
        last = axis.first + (axis.days - 1) * _DAY
        self._text((axis.start + axis.end) / 2, 18, f"{axis.first} to {last} ({days})", "head", "middle")
        for columns, left, name, at in (
            (axis.before, LABELS, "before", axis.start - _BREAK),
            (axis.after, axis.end + _BREAK, "after", axis.end),
        ):
            if columns:
                yield from self._outside(columns, left, name, at)

    def _hours(self) -> Iterator[Shape]:
        """The times of the day, where a day is wide."""
        for number in range(self._axis.days * 24 // _HOUR_STEP):
            hour = number * _HOUR_STEP % 24
            x = self._axis.start + number * _HOUR_STEP * self._axis.day_width / 24
            if hour and hour != 12:  # noqa: PLR2004 (the name of the day stands at noon)
                self._text(x, 34, f"{hour:02}:00", "none", "middle")
            if hour:
                yield Shape(f"M{_n(x)} {_AXIS}V{_n(self._y)}", "column")

    def _outside(self, columns: list[list[date]], left: float, name: str, at: float) -> Iterator[Shape]:
        """What lies before or after the course: a column each, and a sign that time is cut there."""
        self._text(left + len(columns) * _COLUMN / 2, 11, f"{name}, not to scale", "none", "middle")
        for number, column in enumerate(columns):
            x = left + (number + 0.5) * _COLUMN
            lines = [str(column[0])] if len(column) == 1 else [f"{column[0]} to", str(column[-1])]
            for row, line in enumerate(lines):
                self._text(x, 34 - 11 * (len(lines) - 1 - row), line, "small", "middle")
            yield Shape(f"M{_n(x)} {_AXIS}V{_n(self._y)}", "column")
        yield Shape(_box(at, 22, _BREAK, self._y - 22), "cut")
        zigzag = "".join(
            f"L{_n(at + (4 if step % 2 else 10))} {_n(26 + 6 * step)}"
            for step in range(int((self._y - 26) / 6))
        )
        yield Shape(f"M{_n(at + 7)} 22{zigzag}", "zigzag")


def _dose_text(infusion: Infusion) -> str:
    return "dose ?" if infusion.dose_mg is None else f"{infusion.dose_mg:f} mg"


def _duration_text(infusion: Infusion) -> str:
    return "time ?" if infusion.duration_minutes is None else f"{infusion.duration_minutes:f} min"


_WRITTEN_FROM: Mapping[Callable[[Infusion], str], float] = {_dose_text: 34, _duration_text: 46}
"""What is written below an infusion, and from which width of a day on."""


def _span(days: Sequence[date]) -> str:
    first, last = min(days), max(days)
    return str(first) if first == last else f"{first} to {last}"


def _short(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _box(x: float, y: float, width: float, height: float) -> str:
    return f"M{_n(x)} {_n(y)}h{_n(width)}v{_n(height)}h{_n(-width)}z"


def _arrow(x: float, y: float, width: float, height: float) -> str:
    half = height / 2
    return f"M{_n(x)} {_n(y)}h{_n(width - 9)}l9 {_n(half)}l-9 {_n(half)}h{_n(9 - width)}z"


def _diamond(x: float, y: float) -> str:
    return f"M{_n(x)} {_n(y - 8)}l8 8l-8 8l-8 -8z"


def _triangle(x: float, y: float) -> str:
    return f"M{_n(x - 5)} {_n(y - 5)}h10l-5 10z"


def _circle(x: float, y: float, radius: float) -> str:
    r = _n(radius)
    return f"M{_n(x - radius)} {_n(y)}a{r} {r} 0 1 0 {_n(2 * radius)} 0a{r} {r} 0 1 0 {_n(-2 * radius)} 0z"
