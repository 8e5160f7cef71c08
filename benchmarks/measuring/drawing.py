"""The plots of the performance page, drawn by matplotlib."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FuncFormatter, MaxNLocator, NullFormatter

from measuring.figures import Figures
from measuring.fit import line_through

ORDERS_PLOT = "orders.png"
RULES_PLOT = "rules.png"

_BLUE, _ORANGE, _GREY = "#2a5d8f", "#c8761b", "#8a8f98"
_STYLE: Any = {
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": _GREY,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.grid": True,
    "grid.color": "#e6e8eb",
    "axes.axisbelow": True,
    "legend.frameon": False,
}
_SIZE = (9.0, 3.6)
_DOTS_PER_INCH = 150
_PAD_INCHES = 0.12
_TICKS = 5


def draw_orders(figures: Figures, path: Path) -> None:
    """Time and processor time over the number of orders; memory over the largest run."""
    runs = figures["runs"]
    with mpl.rc_context(_STYLE):
        figure, (times, memory) = _panels()
        _draw_times(times, runs)
        _draw_memory(memory, runs[-1])
        figure.savefig(path, dpi=_DOTS_PER_INCH)


def draw_rules(figures: Figures, path: Path) -> None:
    """Cost of an order, and of loading, over the number of rules."""
    packs = figures["packs"]
    sizes = [pack["rules"] for pack in packs]
    with mpl.rc_context(_STYLE):
        figure, (orders, loading) = _panels()
        for axes, title, unit, parts in (
            (orders, "One order", "ms", (("cache_off_us", "cache off"), ("cache_on_us", "cache on"))),
            (
                loading,
                "Loading",
                "s",
                (("loading_s", "from files"), ("loading_compiled_s", "compiled before")),
            ),
        ):
            scale = 1000 if unit == "ms" else 1
            for (key, label), colour in zip(parts, (_ORANGE, _BLUE), strict=True):
                _points_on_a_line(axes, sizes, [pack[key] / scale for pack in packs], colour, label)
            _label(axes, title, "rules in the pack", f"time at work ({unit})")
            axes.legend(loc="upper left")
        figure.savefig(path, dpi=_DOTS_PER_INCH)


def _panels() -> tuple[Figure, Any]:
    figure = Figure(figsize=_SIZE, layout=ConstrainedLayoutEngine(w_pad=_PAD_INCHES))
    return figure, figure.subplots(1, 2)


def _draw_times(axes: Any, runs: Sequence[Figures]) -> None:
    sizes = [run["orders"] for run in runs]
    for key, label, colour in (
        ("cpu_seconds", "at work, all processes", _ORANGE),
        ("seconds", "from start to end", _BLUE),
    ):
        axes.loglog(sizes, [run[key] for run in runs], "o-", color=colour, label=label, markersize=4)
    each = runs[-1]["seconds"] / sizes[-1]
    axes.loglog(
        sizes,
        [each * size for size in sizes],
        "--",
        color=_GREY,
        linewidth=1,
        label="in proportion to the last",
    )
    _label(axes, "Time for all orders", "orders", "seconds")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(_thousands))
        axis.set_minor_formatter(NullFormatter())
    axes.legend(loc="upper left")


def _draw_memory(axes: Any, run: Figures) -> None:
    samples = run["samples"]
    done = [sample["orders"] for sample in samples]
    parent = [sample["parent_mb"] for sample in samples]
    workers = [sample["workers_mb"] for sample in samples]
    in_all = [one + others for one, others in zip(parent, workers, strict=True)]
    for values, label, colour in (
        (in_all, "all processes", _GREY),
        (parent, "the parent", _BLUE),
        (workers, "the workers together", _ORANGE),
    ):
        axes.plot(done, values, color=colour, label=label, linewidth=1.3)
    axes.set_ylim(0, max(in_all) * 1.35)
    _label(axes, f"Memory while {run['orders']:,} orders are checked", "orders done", "resident memory (MB)")
    axes.xaxis.set_major_locator(MaxNLocator(_TICKS))
    axes.xaxis.set_major_formatter(FuncFormatter(_thousands))
    axes.legend(loc="upper left", ncols=2)


def _points_on_a_line(
    axes: Any, sizes: Sequence[float], costs: Sequence[float], colour: str, label: str
) -> None:
    """Measurements, and the straight line through them."""
    line = line_through(sizes, costs)
    ends = (0, sizes[-1])
    axes.plot(sizes, costs, "o", color=colour, label=label, markersize=4)
    axes.plot(ends, [line.intercept + line.slope * end for end in ends], color=colour, linewidth=1)
    axes.set_ylim(bottom=0)


def _label(axes: Any, title: str, across: str, up: str) -> None:
    axes.set_title(title)
    axes.set_xlabel(across)
    axes.set_ylabel(up)


def _thousands(value: float, _: int) -> str:
    """A number with separators: 10,000, and 0.5."""
    return f"{value:,.0f}" if value >= 1 or value == 0 else f"{value:g}"
