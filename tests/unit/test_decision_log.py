"""The decision log: every event is written whole, whatever the host program configures, or it is an error."""

import io
import json
import os
import re
import sys
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import structlog

from orderguard.decision_log import DecisionLog, timestamp
from orderguard.errors import DecisionLogError

EVENT = {
    "decision_id": "d" * 64,
    "order_id": "ORD-1",
    "decision": "hold",
    "findings": [{"rule": "infusion-min-4h", "outcome": "violated", "severity": "block"}],
}


@pytest.fixture
def _host() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def written(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_an_event_is_one_json_line_with_time_level_and_name_first() -> None:
    stream = io.StringIO()
    DecisionLog(stream).write(EVENT)

    (event,) = written(stream)
    assert list(event) == ["timestamp", "level", "event", *EVENT]
    assert (event["level"], event["event"]) == ("info", "order_verified")
    assert {key: event[key] for key in EVENT} == EVENT
    assert stream.getvalue().count("\n") == 1


def test_the_time_is_utc() -> None:
    stream = io.StringIO()
    DecisionLog(stream).write(EVENT)

    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", str(written(stream)[0]["timestamp"]))


def test_a_time_on_the_full_second_has_its_microseconds_too() -> None:
    moment = datetime(2025, 6, 2, 9, 0, 0, 0, tzinfo=timezone(timedelta(hours=-4)))

    assert timestamp(moment) == "2025-06-02T13:00:00.000000Z"


def test_a_fault_is_an_error_event() -> None:
    stream = io.StringIO()
    DecisionLog(stream).fault({"order_id": "ORD-1", "kind": "EngineFault"})

    (event,) = written(stream)
    assert (event["level"], event["event"], event["kind"]) == ("error", "engine_fault", "EngineFault")


def test_a_line_is_ascii_whatever_it_says() -> None:
    stream = io.StringIO()
    DecisionLog(stream).write({"order_id": "\u2028\n\ud800é"})

    assert stream.getvalue().isascii()
    assert written(stream)[0]["order_id"] == "\u2028\n\ud800é"


def drop_everything(_logger: object, _method: str, _event: object) -> dict[str, object]:
    raise structlog.DropEvent


@pytest.mark.usefixtures("_host")
def test_no_configuration_of_the_host_changes_or_drops_an_event() -> None:
    before, after = io.StringIO(), io.StringIO()
    DecisionLog(before).write(EVENT)
    early = DecisionLog(after)
    structlog.configure(
        processors=[drop_everything],
        wrapper_class=structlog.make_filtering_bound_logger("critical"),
        logger_factory=structlog.ReturnLoggerFactory(),
        cache_logger_on_first_use=True,
    )
    structlog.contextvars.bind_contextvars(patient_id="PT-1")
    with structlog.testing.capture_logs() as captured:
        early.write(EVENT)
        DecisionLog(after).write(EVENT)
    structlog.contextvars.clear_contextvars()

    assert captured == []
    expected = [(key, value) for key, value in written(before)[0].items() if key != "timestamp"]
    for event in written(after):
        assert [(key, value) for key, value in event.items() if key != "timestamp"] == expected
    assert len(written(after)) == 2


def test_logging_leaves_the_configuration_of_the_host_alone() -> None:
    DecisionLog(io.StringIO()).write(EVENT)

    assert not structlog.is_configured()


def test_without_a_stream_events_go_to_what_is_standard_error_then(monkeypatch: pytest.MonkeyPatch) -> None:
    log = DecisionLog()
    later = io.StringIO()
    monkeypatch.setattr(sys, "stderr", later)
    log.write(EVENT)

    assert len(written(later)) == 1


class FullStream(io.StringIO):
    """A stream that takes text and cannot hand it over while it is full."""

    full = True

    def flush(self) -> None:
        if self.full:
            raise OSError(28, "No space left on device")


def closed_stream() -> io.StringIO:
    stream = io.StringIO()
    stream.close()
    return stream


@pytest.mark.parametrize("stream", [FullStream(), closed_stream()])
def test_an_event_that_cannot_be_written_is_an_error_without_its_values(stream: io.StringIO) -> None:
    with pytest.raises(DecisionLogError) as caught:
        DecisionLog(stream).write(EVENT)

    assert "cannot be written" in str(caught.value)
    assert "ORD-1" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_without_any_standard_error_an_event_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)

    with pytest.raises(DecisionLogError):
        DecisionLog().write(EVENT)


@pytest.mark.parametrize("value", [object(), float("nan"), {1, 2}])
def test_what_is_no_json_is_an_error_and_nothing_is_written(value: object) -> None:
    stream = io.StringIO()

    with pytest.raises(DecisionLogError):
        DecisionLog(stream).write({"order_id": value})

    assert stream.getvalue() == ""


def test_a_line_after_a_failed_one_stands_by_itself() -> None:
    stream = FullStream()
    log = DecisionLog(stream)
    with pytest.raises(DecisionLogError):
        log.write(EVENT)
    stream.full = False
    log.write(EVENT)

    assert json.loads(stream.getvalue().splitlines()[-1])["order_id"] == "ORD-1"


def test_a_file_is_appended_to(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    path.write_text("first\n")
    log = DecisionLog.to_path(path)
    log.write(EVENT)
    log.close()

    first, second = path.read_text().splitlines()
    assert first == "first"
    assert json.loads(second)["order_id"] == "ORD-1"


def test_an_event_is_in_the_file_when_writing_returns(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    log = DecisionLog.to_path(str(path))
    log.write(EVENT)

    assert json.loads(path.read_text())["order_id"] == "ORD-1"
    log.close()


def test_a_file_that_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DecisionLogError, match="cannot be opened: No such file"):
        DecisionLog.to_path(tmp_path / "nowhere" / "decisions.jsonl")
    with pytest.raises(DecisionLogError, match="cannot be opened: Is a directory"):
        DecisionLog.to_path(tmp_path)


def test_a_full_disk_is_an_error() -> None:
    log = DecisionLog.to_path("/dev/full")

    with pytest.raises(DecisionLogError, match="No space left"):
        log.write(EVENT)

    log.close()


def test_closing_leaves_the_stream_of_a_caller_open() -> None:
    stream = io.StringIO()
    DecisionLog(stream).close()

    assert not stream.closed


@pytest.mark.parametrize("to_file", [True, False])
def test_lines_of_many_threads_are_whole(tmp_path: Path, *, to_file: bool) -> None:
    path = tmp_path / "decisions.jsonl"
    stream = io.StringIO()
    log = DecisionLog.to_path(path) if to_file else DecisionLog(stream)
    threads = [
        threading.Thread(target=lambda: [log.write({**EVENT, "padding": "x" * 500}) for _ in range(200)])
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log.close()

    lines = (path.read_text() if to_file else stream.getvalue()).splitlines()
    assert len(lines) == 1600
    assert {len(line) for line in lines} == {len(lines[0])}
    assert all(json.loads(line)["order_id"] == "ORD-1" for line in lines)


def test_two_logs_on_one_file_do_not_cut_each_other(tmp_path: Path) -> None:
    path = tmp_path / "decisions.jsonl"
    first, second = DecisionLog.to_path(path), DecisionLog.to_path(path)
    for _ in range(50):
        first.write(EVENT)
        second.write(EVENT)
    first.close()
    second.close()

    assert len([json.loads(line) for line in path.read_text().splitlines()]) == 100


def test_a_line_that_the_system_takes_in_parts_is_written_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: whole(descriptor, data[:7]))
    path = tmp_path / "decisions.jsonl"
    log = DecisionLog.to_path(path)
    log.write(EVENT)
    log.close()

    assert json.loads(path.read_text())["order_id"] == "ORD-1"
