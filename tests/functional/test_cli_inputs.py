"""`orderguard check` on packed files, CSV, directories and patterns: the same verdicts, the right places."""

from __future__ import annotations

import errno
import gzip
import io
import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from orderguard import InvalidOrder, Order
from orderguard.inputs.paths import input_files
from orderguard.inputs.reading import read_input
from orderguard.records import Record
from support.doors import flat, table

Run = Callable[..., CompletedProcess[str]]


def records_of(data: bytes, name: str = "orders.csv") -> list[Record]:
    return list(read_input(io.BytesIO(data), name))


def places_of(output: str) -> list[tuple[str, str, int]]:
    return [
        (document["decision"], document["source"], document["record"])
        for line in output.splitlines()
        if (document := json.loads(line))["decision"] == "invalid"
    ]


# gzip


def test_a_packed_file_gives_the_verdicts_of_the_plain_one(
    orderguard: Run, good_line: str, bad_line: str, tmp_path: Path
) -> None:
    content = f"{good_line}\n{bad_line}\n5\n".encode()
    path = tmp_path / "orders.jsonl.gz"
    path.write_bytes(gzip.compress(content))
    plain = orderguard("check", "-", "--format", "jsonl", stdin=content)
    packed = orderguard("check", path, "--format", "jsonl")
    piped = orderguard("check", "-", "--format", "jsonl", stdin=path.read_bytes())

    assert packed.stdout.replace(str(path), "-") == plain.stdout == piped.stdout
    assert packed.returncode == 3


@pytest.mark.parametrize("name", ["orders.json", "orders.jsonl"])
def test_what_is_packed_is_known_by_its_first_bytes_and_not_by_its_name(name: str) -> None:
    assert [record.text for record in records_of(gzip.compress(b'{"a": 1}\n{"b": 2}\n'), name)] == [
        b'{"a": 1}',
        b'{"b": 2}',
    ]


@pytest.mark.parametrize("kind", ["orders.jsonl", "orders.json", "orders.csv"])
def test_a_packed_file_that_breaks_off_anywhere_ends_with_an_unreadable_record(kind: str) -> None:
    chance = random.Random(1)
    documents = [{"order_id": "".join(chance.choices("abcdefgh", k=40))} for _ in range(20)]
    plain = {
        "orders.jsonl": "".join(json.dumps(document) + "\n" for document in documents),
        "orders.json": json.dumps(documents),
        "orders.csv": "order_id\n" + "".join(document["order_id"] + "\n" for document in documents),
    }[kind].encode()
    texts = [record.text for record in records_of(plain, kind)]
    packed = gzip.compress(plain)
    for end in range(2, len(packed)):
        *whole, last = records_of(packed[:end], kind)

        assert [record.text for record in whole] == texts[: len(whole)]
        assert (last.text, last.number) == (None, len(whole) + 1)
        assert last.problems[0].message == "must be whole: the gzip data break off here"


def test_a_packed_file_whose_checksum_is_wrong_ends_with_an_unreadable_record() -> None:
    packed = bytearray(gzip.compress(b'{"a": 1}\n' * 3))
    packed[-8] ^= 1
    *_, last = records_of(bytes(packed), "orders.jsonl")

    assert last.text is None
    assert "damaged" in last.problems[0].message


def test_a_line_that_unpacks_to_a_gigabyte_is_one_unreadable_record() -> None:
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=1) as stream:
        for _ in range(64):
            stream.write(b"x" * 2**20)
        stream.write(b'\n{"a": 1}\n')
    first, second = records_of(packed.getvalue(), "orders.jsonl")

    assert first.text is None
    assert first.problems[0].message == "must be at most 4 MiB"
    assert second.text == b'{"a": 1}'


# CSV


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_an_order_in_a_flat_table_gets_the_verdict_that_it_gets_as_json(
    orderguard: Run, good_line: str, bad_line: str, separator: str
) -> None:
    rows = [flat(json.loads(line)) for line in (good_line, bad_line)]
    as_json = orderguard("check", "-", "--format", "jsonl", stdin=f"{good_line}\n{bad_line}")
    as_table = orderguard("check", "-", "--format", "jsonl", stdin=table(rows, separator))

    def judged(output: str) -> list[tuple[object, ...]]:
        documents = [json.loads(line) for line in output.splitlines()]
        return [tuple(d[key] for key in ("order_id", "decision", "findings", "cleared")) for d in documents]

    assert judged(as_table.stdout) == judged(as_json.stdout)
    assert [decision for _, decision, *_ in judged(as_table.stdout)] == ["verified", "reject"]


def test_an_empty_cell_is_not_known_and_brackets_are_none() -> None:
    data = b"order_id,patient.allergies,patient.labs.0.test,premedications\nA,[],,\nB,,tsh,[]\n"
    first, second = (json.loads(record.text or b"") for record in records_of(data))

    assert first == {"order_id": "A", "patient": {"allergies": []}}
    assert second == {"order_id": "B", "patient": {"labs": [{"test": "tsh"}]}, "premedications": []}


def test_numbers_keep_their_digits_and_whole_numbers_and_flags_their_kind() -> None:
    data = b"order_id,infusions.0.dose_mg,course.number,patient.lactating,product.rxcui\nA,0.10,2,FALSE,007\n"
    (record,) = records_of(data)

    assert json.loads(record.text or b"") == {
        "order_id": "A",
        "infusions": [{"dose_mg": "0.10"}],
        "course": {"number": 2},
        "patient": {"lactating": False},
        "product": {"rxcui": "007"},
    }


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("order_id,infusion.0.dose_mg", "`infusion.0.dose_mg` is no column of orders; did you mean"),
        ("order_id,infusions.7.dose", "did you mean `infusions.7.dose_mg`?"),
        ("order_id,order_id", "the column `order_id` must be given only once"),
        ("order_id,", "column 2 has no name"),
        ("order_id,infusions.1000.dose_mg", "is no column of orders"),
        ("order_id,infusions.01.dose_mg", "is no column of orders"),
        ("order_id,patient", "`patient` is no column of orders"),
    ],
)
def test_a_header_that_is_wrong_is_refused_and_no_line_below_it_is_read(header: str, message: str) -> None:
    (record,) = records_of(f"{header}\nA,B\n".encode())

    assert record.text is None
    assert message in record.problems[0].message
    assert record.problems[-1].message == "no line below this header was read"


def test_a_table_without_a_header_repeats_nothing_of_its_first_line() -> None:
    for separator in (",", ";"):
        line = separator.join(["1", "ORD-1", "Lemtrada", "MRN-4711", "Jane Q. Patient", "1985-04-01"])
        (record,) = records_of(f"{line}\n{line}\n".encode())

        assert [problem.message for problem in record.problems] == [
            "the first line must name the columns; none of its 6 cells is a column of orders",
            "no line below this header was read",
        ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"order_id,product.name\rA,Lemtrada\r", "the header must end in LF or CR LF, not in CR alone"),
        (b'{"schema_version": "1"}\n', "the header must name columns; this is JSON"),
        (b'[{"schema_version": "1"}]', "the header must name columns; this is JSON"),
        ("order_id;product.name\r\n".encode("utf-16"), "the header must be UTF-8, not UTF-16"),
    ],
)
def test_a_table_that_is_of_another_kind_is_told_so(data: bytes, message: str) -> None:
    (record,) = records_of(data)

    assert record.problems[0].message.startswith(message)


@pytest.mark.parametrize(
    "broken",
    [
        b'"A,B,C',
        b"A",
        b"A,B,C,D",
        b"\xff,B,C",
        b"A,none,",
        b"A,[],tsh",
        b"x" * (5 * 1024 * 1024),
        b'A"B",C,D"',
        b'"A"B,C,D',
    ],
)
def test_a_broken_line_never_stops_the_next(broken: bytes) -> None:
    data = b"order_id,patient.labs,patient.labs.0.test\nA,,\n" + broken + b"\n\nB,[],\n"
    records = records_of(data)

    assert [(record.number, record.line) for record in records] == [(1, 2), (2, 3), (3, 5)]
    assert [json.loads(record.text)["order_id"] for record in records if record.text][::2][:1] == ["A"]
    assert json.loads(records[2].text or b"") == {"order_id": "B", "patient": {"labs": []}}


@pytest.mark.parametrize(
    "head", ["infusions,infusions.0.preparation.additives", "infusions.0.preparation.additives,infusions"]
)
def test_a_list_that_is_none_and_has_an_item_with_an_empty_list_never_stops_the_next(head: str) -> None:
    first, second = records_of(f"order_id,{head}\nA,[],[]\nB,,\n".encode())

    assert [(problem.path, problem.message) for problem in first.problems] == [
        ("/infusions", "must not be `[]` where items are given")
    ]
    assert second.text == b'{"order_id": "B"}'


def test_an_item_that_is_left_out_before_another_is_refused() -> None:
    (record,) = records_of(b"order_id,infusions.0.dose_mg,infusions.1.dose_mg\nA,,12\n")

    assert [(p.path, p.message) for p in record.problems] == [
        ("/infusions/0", "must not be left empty where a later item is given")
    ]


def test_a_table_with_a_byte_order_mark_or_without_its_ending_is_read() -> None:
    data = b"order_id,product.name\nA,Lemtrada\n"

    assert len(records_of(b"\xef\xbb\xbf" + data)) == len(records_of(data, "-")) == 1
    assert records_of(data, "-")[0].text == b'{"order_id": "A", "product": {"name": "Lemtrada"}}'


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    "pack", [bytes, gzip.compress, lambda data: gzip.compress(data[:7]) + gzip.compress(data[7:])]
)
def test_an_input_is_of_the_same_kind_however_few_of_its_bytes_arrive_at_once(
    mark: bytes, pack: Callable[[bytes], bytes]
) -> None:
    class Slow(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self._data = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            return self._data.readinto(buffer[:1])

    for data in (b'"order_id",product.name\nA,Lemtrada\n', b"order_id;course.number\nB;1\n", b'{"a": 1}\n5\n',
                 b"order_id", b"order\n5\n", b"true", b"", b"PAR", b"[5, 6]"):  # fmt: skip
        packed = pack(mark + data)
        assert list(read_input(io.BufferedReader(Slow(packed)), "-")) == records_of(packed, "-"), data


def test_lines_of_json_are_never_taken_for_a_table(good_line: str) -> None:
    for first in (b"broken", b"order", b"5", b'"order_id"', b"P", b"("):
        records = records_of(first + b"\n" + good_line.encode(), "-")
        assert len(records) == 2, first


def test_no_error_of_a_table_repeats_what_stands_in_a_cell(good_line: str) -> None:
    cells = flat(json.loads(good_line))
    rows = [{**cells, name: "CANARY-7731"} for name in cells] + [cells | {"order_id": 'CANARY-7731"x'}]
    data = table(rows) + b'CANARY-7731"x,"\nCANARY-7731,CANARY-7731\n'
    told = []
    for record in records_of(data):
        problems = record.problems
        if record.text is not None:
            try:
                Order.model_validate_json(record.text)
            except InvalidOrder as error:
                problems = error.problems
        told += [str(problem) for problem in problems]

    assert len(told) > len(cells) / 2
    assert not [text for text in told if "CANARY" in text or "7731" in text]


# Directories and patterns


@pytest.fixture
def night(tmp_path: Path, good_line: str) -> Path:
    """A directory with orders in several files, and much that holds none."""
    folder = tmp_path / "night"
    for name in ("b.json", "a/2.jsonl", "a/1.ndjson", "a/10.csv", "c.JSONL.gz"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = (good_line + "\n5\n").encode()
        if name.endswith(".csv"):
            content = table([flat(json.loads(good_line)), {"order_id": "broken"}])
        path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    for name in (".hidden.json", "_temporary/x.json", "README.md", "a/.x.json.crc", "_SUCCESS"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("5")
    (folder / "a" / "round").symlink_to(folder, target_is_directory=True)
    return folder


def test_a_directory_stands_for_its_files_of_orders_in_the_order_of_their_names(
    orderguard: Run, night: Path
) -> None:
    done = orderguard("check", night, "--format", "jsonl", "--log", night / "log")

    names = ["a/1.ndjson", "a/10.csv", "a/2.jsonl", "b.json", "c.JSONL.gz"]
    assert places_of(done.stdout) == [("invalid", str(night / name), 2) for name in names]
    assert (done.returncode, done.stderr) == (3, "")


def test_a_pattern_stands_for_what_it_matches(orderguard: Run, night: Path) -> None:
    done = orderguard("check", f"{night}/**/*.*json*", "--format", "jsonl", "--log", night / "log")
    none = orderguard("check", f"{night}/*.xml")

    names = ["a/1.ndjson", "a/2.jsonl", "b.json"]
    assert {source.removeprefix(f"{night}/") for _, source, _ in places_of(done.stdout)} >= set(names[2:])
    assert (none.returncode, none.stderr) == (2, f"orderguard: {night}/*.xml: matches no file\n")


@pytest.mark.parametrize("argument", ["night", "night/**/*.jsonl", "night/**", "n*"])
def test_links_never_double_a_record_or_keep_others_from_being_read(
    orderguard: Run, tmp_path: Path, good_line: str, argument: str
) -> None:
    folder = tmp_path / "night"
    for name in ("1.jsonl", "a/2.jsonl", "b/3.jsonl"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(good_line)
    links = {
        "latest.jsonl": "1.jsonl",
        "c": "b",
        "a/up": "..",
        "a/round": "../a",
        "b/up": "..",
        "0.jsonl": "0.jsonl",
    }
    for name, to in links.items():
        (folder / name).symlink_to(to)
    done = orderguard("check", tmp_path / argument, "--format", "csv", "--log", os.devnull)

    rows = [row.split(",") for row in done.stdout.splitlines()[1:]]
    assert [row[0] for row in rows] == [str(folder / name) for name in ("1.jsonl", "a/2.jsonl", "b/3.jsonl")]
    assert done.stderr == f"orderguard: {folder}/0.jsonl: cannot be read: Too many levels of symbolic links\n"
    assert done.returncode == 2


def test_a_link_to_itself_without_the_ending_of_orders_is_told_of_and_the_others_are_read(
    orderguard: Run, tmp_path: Path, good_line: str
) -> None:
    (tmp_path / "b.jsonl").write_text(good_line)
    (tmp_path / "a").symlink_to("a")
    done = orderguard("check", tmp_path, "--format", "jsonl", "--log", os.devnull)

    assert json.loads(done.stdout)["decision"] == "verified"
    assert done.stderr == f"orderguard: {tmp_path}/a: cannot be read: Too many levels of symbolic links\n"
    assert done.returncode == 2


@pytest.mark.parametrize("argument", ["", "*", "**", "**/*.json", "*/*.json"])
def test_a_directory_that_cannot_be_read_is_told_of_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, argument: str
) -> None:
    for name in ("a/1.json", "b/2.json", "c/3.json"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text("{}")
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("b"):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    files, problems = input_files(os.path.join(tmp_path, argument))  # noqa: PTH118 (a slash at the end stays)

    assert [os.path.basename(file) for file in files] == ["1.json", "3.json"]  # noqa: PTH119
    assert problems == [f"{tmp_path}/b: cannot be read: Permission denied"]


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(
    orderguard: Run, tmp_path: Path, good_line: str
) -> None:
    path = tmp_path / "orders[1].json"
    path.write_text(good_line)
    done = orderguard("check", path, "--format", "jsonl")

    assert done.returncode == 0


# What is not installed

WITHOUT = """
import sys
sys.modules |= dict.fromkeys(["pyarrow", "pyarrow.parquet", "backports.zstd", "jinja2"])
from orderguard.cli import main
main()
"""


@pytest.mark.parametrize("start", [b"PAR1", b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18"])
def test_an_input_that_needs_the_extra_names_it_in_one_line_and_the_next_is_checked(
    orderguard: Run, tmp_path: Path, example: Path, start: bytes
) -> None:
    path = tmp_path / "orders"
    path.write_bytes(start + b"rest")
    log = tmp_path / "log"
    cache = {"ORDERGUARD_CACHE": os.environ["ORDERGUARD_CACHE"]}
    arguments = ("check", path, example, "--format", "jsonl", "--log", log)
    done = orderguard(*arguments, prelude=WITHOUT, environment=cache)

    [line] = done.stderr.splitlines()
    assert line.startswith(f"orderguard: {path}: ")
    assert line.endswith(" needs more: pip install 'orderguard[batch]'")
    assert done.returncode == 2
    assert json.loads(done.stdout)["decision"] == "verified"


@pytest.mark.parametrize("options", [["--format", "parquet", "--out"], ["--report"]])
def test_an_output_that_needs_the_extra_names_it_and_touches_nothing(
    orderguard: Run, tmp_path: Path, example: Path, options: list[str]
) -> None:
    out = tmp_path / "out"
    out.write_text("kept")
    done = orderguard("check", example, *options, out, prelude=WITHOUT)

    [line] = done.stderr.splitlines()
    assert "pip install 'orderguard[batch]'" in line
    assert (done.returncode, done.stdout, out.read_text()) == (2, "", "kept")
