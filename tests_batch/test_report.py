"""The page of a run: right counts, no network, everything escaped, bounded; and a browser shows it."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from orderguard.checked import Checked
from orderguard.out_file import OutFile
from orderguard.output import ExitCode
from orderguard.outputs.html_report import HtmlReport

Run = Callable[..., subprocess.CompletedProcess[str]]
TIMEOUT = 180


class _Reader(HTMLParser):
    """Collects elements, their attributes, and the text of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(page: str) -> tuple[_Reader, str]:
    reader = _Reader()
    reader.feed(page)
    return reader, " ".join(" ".join(reader.text).split())


def _rejected(number: int, verdict: dict[str, Any], order: dict[str, Any]) -> Checked:
    """What became of a record, as a report is told."""
    return Checked(
        "orders.jsonl",
        number,
        number,
        "reject",
        ExitCode.NOT_VERIFIED,
        json.dumps(verdict),
        order=json.dumps(order).encode(),
    )


@pytest.fixture(scope="session")
def page_of(orderguard: Run, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Checks lines and gives the path of the page."""

    def page(lines: bytes) -> Path:
        folder = tmp_path_factory.mktemp("report")
        path = folder / "report.html"
        orderguard("check", "-", "--report", path, "--log", folder / "log", stdin=lines)
        return path

    return page


@pytest.fixture(scope="session")
def sampled(orderguard: Run) -> bytes:
    """Synthetic orders with every decision."""
    return orderguard("sample", "--count", "200", "--seed", "7").stdout.encode()


@pytest.fixture(scope="session")
def sampled_page(page_of: Any, sampled: bytes) -> Path:
    path: Path = page_of(sampled)
    return path


def test_the_page_counts_what_the_json_lines_hold(
    orderguard: Run, sampled: bytes, sampled_page: Path
) -> None:
    verdicts = [
        json.loads(line)
        for line in orderguard("check", "-", "--format", "jsonl", stdin=sampled).stdout.splitlines()
    ]
    decisions = Counter(verdict["decision"] for verdict in verdicts)
    outcomes = Counter(
        (finding["rule"], finding["outcome"]) for v in verdicts for finding in v.get("findings", ())
    )
    page = sampled_page.read_text()
    tiles = re.findall(r'<span class="name">(\w+)</span><b>(\d+)</b>', page)
    rows = re.findall(
        r'<tr><td class="code">([\w-]+)</td>.*?'
        r'<td class="number">(\d+)</td><td class="number">(\d+)</td></tr>',
        page,
    )

    assert {name: int(count) for name, count in tiles} == {
        name: decisions[name] for name in ("verified", "hold", "reject", "invalid")
    }
    assert {rule: (int(bad), int(unknown)) for rule, bad, unknown in rows} == {
        rule: (outcomes[rule, "violated"], outcomes[rule, "not-evaluated"]) for rule, _ in outcomes
    }


def test_rejected_orders_stand_before_held_ones(sampled_page: Path) -> None:
    badges = re.findall(r'<span class="badge (\w+)">', sampled_page.read_text())

    assert badges == sorted(badges, key=["reject", "hold"].index)
    assert set(badges) == {"reject", "hold"}


def test_every_order_that_is_not_verified_is_named_once(
    orderguard: Run, sampled: bytes, sampled_page: Path
) -> None:
    lines = orderguard("check", "-", "--format", "jsonl", stdin=sampled).stdout.splitlines()
    verdicts = [verdict for verdict in map(json.loads, lines) if verdict["decision"] in ("reject", "hold")]
    page = sampled_page.read_text()
    shown = re.findall(r"<header.*?<h3>([^<]*)</h3>.*?record (\d+)", page, re.DOTALL)
    listed = re.findall(r'class="order"><b>([^<]*)</b>.*?<td class="number">(\d+)</td>', page, re.DOTALL)

    assert len(shown) == 30
    assert len(listed) == len(verdicts) - 30 > 0
    assert Counter(name for name, _ in (*shown, *listed)) == Counter(
        verdict["order_id"] for verdict in verdicts
    )
    assert len({record for _, record in (*shown, *listed)}) == len(verdicts)


def test_the_page_is_the_same_whoever_checks(
    orderguard: Run, sampled: bytes, sampled_page: Path, tmp_path: Path
) -> None:
    page = tmp_path / "page.html"
    orderguard("check", "-", "--workers", "2", "--report", page, "--log", os.devnull, stdin=sampled)

    assert page.read_bytes() == sampled_page.read_bytes()


def test_nothing_of_the_page_comes_from_elsewhere_or_runs(sampled_page: Path) -> None:
    page = sampled_page.read_text()
    reader, _ = read(page)

    assert not reader.tags.keys() & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert not [a for a in reader.attributes if a[1] in ("src", "href", "action") or a[1].startswith("on")]
    assert "http:" not in page
    assert "https:" not in page
    assert set(re.findall(r"url\(([^)]*)\)", page)) <= {"#hatch", "#dots"}
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_every_value_of_an_order_is_escaped(page_of: Any, documents: list[dict[str, Any]]) -> None:
    evil = "</title><script>alert(1)</script>\"'&"
    order = json.loads(json.dumps(documents[1]))
    order["product"]["name"] = evil
    for part in (*order["premedications"], *order["prophylaxis"]):
        part["name"] = evil
    unknown = {"schema_version": "1", "order_id": "A", evil: 1}
    page = page_of("\n".join(json.dumps(document) for document in (order, unknown)).encode()).read_text()
    reader, text = read(page)

    assert "script" not in reader.tags
    assert evil not in page
    assert html.unescape(page).count("alert(1)") >= 3
    assert "alert(1)" in text


def test_the_drawing_marks_the_infusion_that_a_finding_names(
    page_of: Any, documents: list[dict[str, Any]]
) -> None:
    page = page_of(json.dumps(documents[1]).encode()).read_text()
    marked = re.findall(r'<path class="infusion planned violated"[^>]*><title>([^<]*)</title>', page)

    assert marked == ["Infusion 2, 2025-06-03 09:00: 12 mg, 239 min. Violated: infusion-min-4h"]
    assert len(re.findall(r'<path class="infusion planned', page)) == 5


def test_what_is_not_known_is_named_once_above_the_findings(
    page_of: Any, documents: list[dict[str, Any]]
) -> None:
    page = page_of(json.dumps(documents[2]).encode()).read_text()

    assert re.findall(r"<b>Not known:</b> <span class=\"code\">([^<]*)</span>", page) == [
        "/infusions/2/preparation/prepared_at, /rems/patient/enrolled, /patient/immunizations"
    ]


def test_none_and_not_known_are_told_apart_in_words(page_of: Any, documents: list[dict[str, Any]]) -> None:
    order = json.loads(json.dumps(documents[1]))
    order["prophylaxis"] = None
    order["premedications"] = []
    page = page_of(json.dumps(order).encode()).read_text()

    assert re.findall(r'<text [^>]*class="none"[^>]*>(no[^<]*)</text>', page)[-2:] == [
        "none ordered",
        "not known",
    ]


def test_the_size_of_the_page_does_not_grow_with_the_run(
    orderguard: Run, documents: list[dict[str, Any]], tmp_path: Path
) -> None:
    [line] = orderguard(
        "check", "-", "--format", "jsonl", stdin=json.dumps(documents[1]).encode()
    ).stdout.splitlines()
    verdict = json.loads(line)

    def size(orders: int) -> int:
        report = HtmlReport(page := OutFile(str(tmp_path / f"{orders}.html")))
        for number in range(1, orders + 1):
            report.add(_rejected(number, verdict, documents[1]))
        report.end()
        page.close()
        return (tmp_path / f"{orders}.html").stat().st_size

    assert size(20_000) < size(300) + 2_000


def test_an_order_with_as_much_as_may_be_gives_a_page_that_is_bounded(
    orderguard: Run, documents: list[dict[str, Any]], tmp_path: Path
) -> None:
    [line] = orderguard(
        "check", "-", "--format", "jsonl", stdin=json.dumps(documents[1]).encode()
    ).stdout.splitlines()
    verdict = json.loads(line)
    for finding in verdict["findings"]:
        finding["message"] = finding["message"] * 1000
        finding["evidence"] = [
            {**entry, "path": f"/infusions/{number}/duration_minutes"}
            for number in range(1000)
            for entry in finding["evidence"]
        ]
    order = json.loads(json.dumps(documents[1]))
    order["infusions"] = order["infusions"] * 200
    order["premedications"] = [
        {**order["premedications"][0], "name": f"drug {number}"} for number in range(1000)
    ]
    order["patient"]["labs"] = order["patient"]["labs"] * 400
    report = HtmlReport(page := OutFile(str(tmp_path / "page.html")))
    report.add(_rejected(1, verdict, order))
    report.end()
    page.close()
    text = (tmp_path / "page.html").read_text()

    assert len(text) < 500_000
    assert "Not in the drawing" in text


def test_a_run_without_any_record_has_a_page(page_of: Any) -> None:
    _, text = read(page_of(b"").read_text())

    assert "0 of 0 records to look at" in text


def test_a_browser_shows_the_page(sampled_page: Path, tmp_path: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert browser is not None, "install it: apt-get install chromium"
    flags = [
        "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000",
        f"--user-data-dir={tmp_path}/profile",
    ]  # fmt: skip

    def shown(*arguments: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [browser, *flags, *arguments, sampled_page.as_uri()],
            capture_output=True,
            check=True,
            timeout=TIMEOUT,
        )

    picture = tmp_path / "page.png"
    log = shown(
        "--enable-logging=stderr", "--v=0", "--window-size=1280,2000", f"--screenshot={picture}"
    ).stderr
    content = shown("--dump-dom").stdout.decode()

    assert picture.read_bytes()[16:24] == (1280).to_bytes(4) + (2000).to_bytes(4)
    assert picture.stat().st_size > 100_000  # an empty page of this size has a tenth of it
    assert b"CONSOLE" not in log  # such as a style that the page's own policy refuses
    assert content.count("<article") == 30
