"""The performance page, written from the figures of a run and from nothing else."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence

from measuring.figures import Figures
from measuring.fit import exponent, last_exponent, line_through
from measuring.targets import MOST_ORDERS, targets, two_workers_to_one

FOLDER = "performance"
"""The folder beside the page that holds its plots and the figures."""

FIGURES = "figures.json"
"""The file in it that holds the figures."""

_LINE = 118
_LONG_SECONDS = 100


def performance_page(figures: Figures) -> str:
    """The page as Markdown.

    Args:
        figures: what `benchmarks/performance.py` gathers.
    """
    parts = (
        _head(figures),
        _targets(figures),
        _large_run(figures["orders_scaling"]),
        _orders(figures["orders_scaling"]),
        _rules(figures["rules_scaling"]),
        _one_order(figures["verify"]),
        _workers(figures["workers"]),
        _peers(figures["peers"]),
        _start(figures["start"]),
    )
    return "\n\n".join(block for part in parts for block in part) + "\n"


def _head(figures: Figures) -> Iterator[str]:
    machine = figures["machine"]
    yield "# Performance"
    yield _text(
        f"Measured on {figures['date']} with orderguard {figures['software']}.",
        "This command measured, and wrote the page; no figure was typed:",
    )
    yield _code("sh", figures["command"])
    yield _text(
        f"The machine: {machine['processor']}, {machine['cores']} cores,",
        f"{machine['memory_gb']} GB of memory; {machine['system']}; {machine['python']}.",
        f"Its load before the run was {machine['load']}. The run took {_duration(figures['seconds'])}.",
    )
    if figures["orders_scaling"]["runs"][-1]["orders"] < MOST_ORDERS:
        yield _text(
            "**This was a short run**, smaller than the targets ask. Where that matters, the table says so."
        )
    yield _text(
        "*Time at work* is processor time, which other programs disturb least.",
        f"The raw figures are in [{FOLDER}/{FIGURES}]({FOLDER}/{FIGURES}).",
    )


def _targets(figures: Figures) -> Iterator[str]:
    yield "## Targets"
    yield _table(
        ("what", "target", "measured", "reached?"),
        [
            (each.what, each.wanted, "" if each.measured is None else f"{each.measured:.2f}", each.state)
            for each in targets(figures)
        ],
    )


def _large_run(figures: Figures) -> Iterator[str]:
    run, sample, workers = figures["runs"][-1], figures["sample"], figures["workers"]
    yield f"## {run['orders']:,} orders in one run"
    yield _text(
        "From a zstd JSON Lines file to verdicts as Parquet, a decision log and an HTML report,",
        f"with {workers} workers:",
    )
    yield _code(
        "sh",
        f"orderguard check orders.jsonl.zst --workers {workers} --format parquet --out verdicts.parquet \\",
        "  --report report.html --log decisions.jsonl",
    )
    decisions = ", ".join(f"{count:,} {decision}" for decision, count in run["decisions"].items())
    yield _table(
        ("", ""),
        [
            ("time from start to end", _duration(run["seconds"])),
            ("time at work, all processes", _duration(run["cpu_seconds"])),
            ("rate", f"{_rate(run)} orders a second"),
            ("peak memory, all processes", _megabytes(run["peak_mb"])),
            ("peak memory of the parent", _megabytes(run["peak_parent_mb"])),
            ("peak memory of the largest worker", _megabytes(run["peak_worker_mb"])),
            ("orders", f"{_megabytes(sample['megabytes'])}, packed {_megabytes(sample['packed_megabytes'])}"),
            ("verdicts", _megabytes(run["verdicts_mb"])),
            ("HTML report", _megabytes(run["page_mb"])),
            ("decision log", _megabytes(run["log_mb"])),
            ("decisions", decisions),
            ("other decisions than expected", f"{run['unexpected']:,}"),
        ],
    )
    yield _text(
        f"`orderguard sample` made the orders in {_duration(sample['seconds'])},",
        "with the decisions that they must get.",
        "The memory of all processes is the most at one time; what they share counts for each of them.",
    )


def _orders(figures: Figures) -> Iterator[str]:
    runs = figures["runs"]
    yield "## Number of orders"
    yield f"![Time over the number of orders, and memory over the largest run]({FOLDER}/orders.png)"
    yield _table(
        ("orders", "time", "at work", "orders a second", "peak memory", "parent", "largest worker", "report"),
        [
            (
                f"{run['orders']:,}",
                f"{run['seconds']:,.1f} s",
                f"{run['cpu_seconds']:,.1f} s",
                _rate(run),
                *(_megabytes(run[key]) for key in ("peak_mb", "peak_parent_mb", "peak_worker_mb", "page_mb")),
            )
            for run in runs
        ],
    )
    sizes = [run["orders"] for run in runs]
    if len(sizes) > 1:
        yield "\n".join(_growth_of_runs(sizes, runs))


def _growth_of_runs(sizes: Sequence[float], runs: Sequence[Figures]) -> Iterator[str]:
    for key, title in (("seconds", "Time"), ("cpu_seconds", "Time at work")):
        costs = [run[key] for run in runs]
        line = line_through(sizes, costs)
        yield _item(
            f"{title}: {line.intercept:.1f} s and {line.slope * 1000:.3f} s for a thousand orders",
            "(least squares).",
            _growth(sizes, costs),
        )


def _rules(figures: Figures) -> Iterator[str]:
    packs = figures["packs"]
    yield "## Number of rules"
    yield _text(
        "Packs made by program: each rule asks for a fact of the vocabulary with a limit of its own;",
        "one in twenty is violated by every order.",
        f"{figures['orders']:,} distinct orders, each verified by every pack; the median time at work.",
    )
    yield f"![Time for one order, and for loading, over the number of rules]({FOLDER}/rules.png)"
    yield _table(
        ("rules", "findings", "cache on", "cache off", "loading from files", "compiled before"),
        [
            (
                f"{pack['rules']:,}",
                f"{pack['findings']}",
                *(_microseconds(pack[key]) for key in ("cache_on_us", "cache_off_us")),
                *(_milliseconds(pack[key] * 1000) for key in ("loading_s", "loading_compiled_s")),
            )
            for pack in packs
        ],
    )
    yield "\n".join(_growth_of_packs([pack["rules"] for pack in packs], packs))


def _growth_of_packs(sizes: Sequence[float], packs: Sequence[Figures]) -> Iterator[str]:
    for key, title, unit, factor in (
        ("cache_on_us", "Cache on", "µs", 1),
        ("cache_off_us", "Cache off", "µs", 1),
        ("loading_s", "Loading from files", "ms", 1000),
    ):
        costs = [pack[key] * factor for pack in packs]
        line = line_through(sizes, costs)
        yield _item(
            f"{title}: {line.intercept:,.0f} {unit} and {line.slope:.2f} {unit} a rule (least squares);",
            f"no pack is more than {line.deviation:.0%} off this line. {_growth(sizes, costs)}",
        )


def _growth(sizes: Sequence[float], costs: Sequence[float]) -> str:
    return (
        f"Exponent of the growth: {exponent(sizes, costs):.2f} over all sizes,"
        f" {last_exponent(sizes, costs):.2f} between the two largest."
    )


def _one_order(figures: Figures) -> Iterator[str]:
    cases = figures["cases"]
    stages = list(next(iter(cases.values()))["microseconds"])
    yield "## One order, stage by stage"
    yield _text(
        f"Time at work over {figures['orders']:,} sampled orders in one process, in microseconds;",
        "the median where nothing else is said.",
        "The whole holds all stages, and is measured on orders of its own.",
    )
    yield _table(
        ("stage", *cases),
        [
            *(
                (stage, *(f"{case['microseconds'][stage]:,.1f}" for case in cases.values()))
                for stage in stages
            ),
            ("whole : parsing", *(f"{case['to_parsing']:.2f}" for case in cases.values())),
            ("whole : json.loads", *(f"{case['to_loads']:.2f}" for case in cases.values())),
        ],
    )
    if figures["memory"]:
        yield "Memory of one process over many distinct orders:"
        yield _table(
            ("orders", "resident memory"),
            [(f"{done:,}", _megabytes(megabytes)) for done, megabytes in figures["memory"]],
        )


def _workers(figures: Figures) -> Iterator[str]:
    ratio = two_workers_to_one(figures)
    yield "## Workers"
    yield _text(
        f"{figures['orders']:,} orders, JSON Lines in and out; rounds in turn: {figures['rounds']}; medians.",
        f"The output is {'the same' if figures['same_bytes'] else '**not the same**'}, byte for byte.",
        "" if ratio is None else f"Two workers : one {ratio:.2f}.",
    )
    yield _table(
        ("workers", "time", "orders a second"),
        [
            (count, f"{seconds:,.1f} s", f"{figures['orders'] / seconds:,.0f}")
            for count, seconds in figures["median_s"].items()
        ],
    )


def _peers(figures: Figures | None) -> Iterator[str]:
    yield "## Peers"
    if figures is None:
        yield "Not measured in this run."
        return
    yield _text(
        f"The {figures['rules']} rules of {figures['pack']} on the same facts of",
        f"{figures['orders']:,} distinct orders; time at work for an order.",
        "The rule stage is measured as it runs: both engines, cache on.",
        "How they are compared, and what is left out here, is told by `benchmarks/peers/README.md`.",
    )
    distinct = figures["distinct"]
    [(name, ours)] = [(name, times) for name, times in distinct["ours"].items() if "as it runs" in name]
    yield _table(
        ("", "mean", "median", "mean : ours", "median : ours", "same results"),
        [
            (name, _microseconds(ours["mean_us"]), _microseconds(ours["median_us"]), "", "", ""),
            *(
                (
                    peer,
                    _microseconds(times["mean_us"]),
                    _microseconds(times["median_us"]),
                    f"{times['mean_us'] / ours['mean_us']:.2f}",
                    f"{times['median_us'] / ours['median_us']:.2f}",
                    "yes" if figures["same_results"][peer] else "**no**",
                )
                for peer, times in distinct["peer"].items()
            ),
        ],
    )
    yield _text(
        f"The fastest peer by the mean is {figures['fastest_peer']}.",
        "The target counts the smaller of its two ratios.",
    )


def _start(figures: Figures) -> Iterator[str]:
    best, median = figures["best"], figures["median"]
    yield "## Start"
    yield f"Checking one order, against `{figures['imports']}`; rounds in turn: {figures['rounds']}."
    yield _table(
        ("", "best", "median"),
        [
            ("imports of the libraries", _milliseconds(best["imports"]), _milliseconds(median["imports"])),
            ("`orderguard check` of one order", _milliseconds(best["check"]), _milliseconds(median["check"])),
            ("check : imports", f"{figures['best_ratio']:.2f}", f"{figures['median_ratio']:.2f}"),
        ],
    )
    yield f"Once without compiled rules kept: {_milliseconds(figures['cold_ms'])}."


def _text(*sentences: str) -> str:
    return textwrap.fill(
        " ".join(filter(None, sentences)), _LINE, break_long_words=False, break_on_hyphens=False
    )


def _item(*sentences: str) -> str:
    return textwrap.indent(_text(*sentences), "  ").replace("  ", "* ", 1)


def _code(language: str, *lines: str) -> str:
    return "\n".join((f"```{language}", *lines, "```"))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| {' | '.join(cells)} |" for cells in (head, *rows)]
    return "\n".join((lines[0], "|" + "---|" * len(head), *lines[1:]))


def _rate(run: Figures) -> str:
    return f"{run['orders'] / run['seconds']:,.0f}"


def _duration(seconds: float) -> str:
    if seconds < _LONG_SECONDS:
        return f"{seconds:.1f} s"
    return f"{seconds:,.0f} s ({seconds / 60:.1f} minutes)"


def _megabytes(megabytes: float) -> str:
    return f"{megabytes:,.1f} MB" if megabytes < 10 else f"{megabytes:,.0f} MB"


def _milliseconds(milliseconds: float) -> str:
    return f"{milliseconds:,.0f} ms"


def _microseconds(microseconds: float) -> str:
    return f"{microseconds:,.0f} µs"
