"""Compiled rules that are kept: they make a start faster, never different."""

from __future__ import annotations

import os
import pickle
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from orderguard import DecisionLog, Verifier
from orderguard import verifier as verifier_module
from orderguard.engine import durable
from orderguard.errors import RulesError
from orderguard.judging import PackAtWork
from orderguard.rulebook import store as store_module
from orderguard.rulebook.load import bundled_rules, load_rulebook
from orderguard.rulebook.pack import Pack, Rulebook
from orderguard.rulebook.store import MOST_ENTRIES, RuleStore
from support.documents import text_of, verified_orders
from support.streams import Nowhere

code_digest = store_module._code


class Loader:
    """Gives a rulebook that was loaded already, and counts how often it is asked."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.count = 0
        self._rulebook = rulebook

    def __call__(self, _directory: Path) -> Rulebook:
        self.count += 1
        return self._rulebook


@pytest.fixture(autouse=True)
def _the_code_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "_CODE_AT_START", b"code")
    monkeypatch.setattr(store_module, "_code", lambda: b"code")


@pytest.fixture
def loader(rulebook: Rulebook) -> Loader:
    return Loader(rulebook)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def store(folder: Path) -> RuleStore:
    return RuleStore(folder)


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    return Path(shutil.copytree(bundled_rules(), tmp_path / "rules"))


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


# -- the same rulebook -------------------------------------------------------------------------------------


def test_the_store_gives_the_rulebook_that_the_files_give(store: RuleStore, rules: Path) -> None:
    compiled = load_rulebook(rules, store)
    kept = load_rulebook(rules, store)

    assert kept is not compiled
    assert kept.packs == compiled.packs
    assert [pack.groups for pack in kept.packs] == [pack.groups for pack in compiled.packs]
    assert kept.terminology == compiled.terminology
    assert dict(kept.vocabulary) == dict(compiled.vocabulary)
    assert kept.vocabulary.fields == compiled.vocabulary.fields
    assert kept.vocabulary.measures == compiled.vocabulary.measures


def test_the_second_start_does_not_load(store: RuleStore, loader: Loader, rules: Path) -> None:
    store.rulebook(rules, loader)
    store.rulebook(rules, loader)
    assert loader.count == 1


def test_the_entry_is_the_users_alone(store: RuleStore, folder: Path, loader: Loader, rules: Path) -> None:
    store.rulebook(rules, loader)
    (entry,) = entries(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert entry.stat().st_mode & 0o777 == 0o600


# -- what is not the same is not answered ------------------------------------------------------------------


def changed(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"#")


@pytest.mark.parametrize("name", ["lemtrada-ms.yaml", "terminology/drugs.yaml"])
def test_a_changed_byte_in_a_file_is_loaded_anew(
    store: RuleStore, loader: Loader, rules: Path, name: str
) -> None:
    store.rulebook(rules, loader)
    changed(rules / name)
    store.rulebook(rules, loader)
    assert loader.count == 2


@pytest.mark.parametrize("name", ["more.yaml", "more.yml", "terminology/more.yaml"])
def test_an_added_file_is_loaded_anew(store: RuleStore, loader: Loader, rules: Path, name: str) -> None:
    store.rulebook(rules, loader)
    (rules / name).write_text("")
    store.rulebook(rules, loader)
    assert loader.count == 2


def test_other_code_loads_anew(
    store: RuleStore, loader: Loader, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.rulebook(rules, loader)
    monkeypatch.setattr(store_module, "_CODE_AT_START", b"other")
    store.rulebook(rules, loader)
    assert loader.count == 2


@pytest.mark.parametrize("library", [store_module.pydantic, store_module.pydantic_core])
def test_the_code_is_known_by_the_versions_of_pydantic(
    monkeypatch: pytest.MonkeyPatch, library: ModuleType
) -> None:
    before = code_digest()
    for name in ("VERSION", "__version__"):
        if hasattr(library, name):
            monkeypatch.setattr(library, name, "0")
    assert code_digest() not in (before, None)


def test_the_code_is_known_by_the_file_of_the_engine_and_by_that_of_pyyaml(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = code_digest()
    other = tmp_path / "other"
    other.write_bytes(b"other")
    with monkeypatch.context() as change:
        change.setattr(store_module, "engine_file", lambda: other)
        with_other_engine = code_digest()
    monkeypatch.setattr(store_module, "_yaml_file", lambda: other)
    assert len({None, before, with_other_engine, code_digest()}) == 4


def test_the_file_of_pyyaml_names_its_version() -> None:
    assert yaml.__version__ in store_module._yaml_file().read_text()


def test_without_pyyaml_the_code_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_module, "find_spec", lambda _: None)
    assert code_digest() is None


def test_the_code_is_known_by_python_and_by_each_of_its_files(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = Path(shutil.copytree(store_module._PACKAGE, tmp_path / "package"))
    monkeypatch.setattr(store_module, "_PACKAGE", package)
    before = code_digest()
    assert before is not None
    assert code_digest() == before
    changed(package / "engine" / "rails.py")
    with_other_file = code_digest()
    monkeypatch.setattr(store_module.sys, "version", "4.0")
    assert len({before, with_other_file, code_digest()}) == 3


def test_files_that_make_no_rules_do_not_count_as_code(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = Path(shutil.copytree(store_module._PACKAGE, tmp_path / "package"))
    monkeypatch.setattr(store_module, "_PACKAGE", package)
    before = code_digest()
    changed(package / "testing" / "plugin.py")
    assert code_digest() == before


def test_without_its_engine_the_code_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "c_engine", None)
    assert code_digest() is None


def test_code_that_is_not_known_uses_no_store(
    store: RuleStore, folder: Path, loader: Loader, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_CODE_AT_START", None)
    store.rulebook(rules, loader)
    assert not folder.exists()


def test_code_that_changed_while_the_process_ran_stores_nothing(
    store: RuleStore, folder: Path, loader: Loader, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_code", lambda: b"changed since")
    store.rulebook(rules, loader)
    assert not folder.exists()


def test_files_that_changed_while_they_were_loaded_are_not_stored(
    store: RuleStore, folder: Path, rulebook: Rulebook, rules: Path
) -> None:
    def load(directory: Path) -> Rulebook:
        changed(directory / "lemtrada-ms.yaml")
        return rulebook

    store.rulebook(rules, load)
    assert not folder.exists()


def test_rules_that_do_not_load_are_never_stored(store: RuleStore, folder: Path, rules: Path) -> None:
    pack = rules / "lemtrada-ms.yaml"
    pack.write_text(pack.read_text().replace("pack: ", "pakc: ", 1))
    for _ in range(2):
        with pytest.raises(RulesError):
            load_rulebook(rules, store)
    assert not folder.exists()


# -- packs are loaded when they are needed -----------------------------------------------------------------


@pytest.fixture
def two_packs(rulebook: Rulebook, pack: Pack) -> Rulebook:
    other = replace(pack, id="other", product="other")
    return Rulebook([pack, other], rulebook.vocabulary, rulebook.terminology)


def test_a_pack_is_unpickled_when_it_is_first_asked_for(
    store: RuleStore, rules: Path, two_packs: Rulebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.rulebook(rules, lambda _: two_packs)
    unpickled: list[object] = []
    loads = pickle.loads

    def noted(payload: bytes) -> object:
        unpickled.append(loads(payload))
        return unpickled[-1]

    monkeypatch.setattr(pickle, "loads", noted)
    kept = store.rulebook(rules, Loader(two_packs))
    assert not any(isinstance(value, Pack) for value in unpickled)

    product = two_packs.packs[0].product
    found = kept.pack_for(product)
    assert found == two_packs.packs[0]
    assert unpickled[1:] == [found]
    assert kept.pack_for(product) is found
    assert kept.pack_for("nothing") is None
    assert kept.packs == two_packs.packs
    assert len(unpickled) == 3


def test_rules_out_of_the_store_give_the_same_verdicts(
    store: RuleStore, rules: Path, verifier: Verifier
) -> None:
    Verifier(rules, store=store)
    stored = Verifier(rules, key="", log=DecisionLog(Nowhere()), store=store)
    for document in verified_orders():
        text = text_of(document)
        assert stored.verify_json(text).decision == verifier.verify_json(text).decision == "verified"


def test_threads_that_need_a_pack_at_once_load_it_once(
    store: RuleStore, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[PackAtWork] = []

    def noted(*arguments: Any) -> PackAtWork:
        made.append(PackAtWork(*arguments))
        return made[-1]

    monkeypatch.setattr(verifier_module, "PackAtWork", noted)
    shared = Verifier(rules, key="", log=DecisionLog(Nowhere()), store=store)
    text = text_of(verified_orders()[0])
    assert made == []
    with ThreadPoolExecutor(8) as threads:
        verdicts = list(threads.map(lambda _: shared.verify_json(text).to_json(), range(16)))
    assert len(made) == 1
    assert len(set(verdicts)) == 1


def test_an_order_is_held_when_the_engine_does_not_take_its_stored_pack(
    store: RuleStore, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Verifier(rules, store=store)

    def broken(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(durable, "compile_group", broken)
    verdict = Verifier(rules, log=DecisionLog(Nowhere()), store=store).verify_json(
        text_of(verified_orders()[0])
    )
    assert verdict.decision == "hold"
    assert [finding.rule for finding in verdict.findings] == ["engine-fault"]


# -- a store that cannot be relied on ----------------------------------------------------------------------


def cut(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:-1])


def emptied(entry: Path) -> None:
    entry.write_bytes(b"")


def altered(entry: Path) -> None:
    content = bytearray(entry.read_bytes())
    content[len(content) // 2] ^= 1
    entry.write_bytes(content)


def no_rulebook(entry: Path) -> None:
    payload = pickle.dumps("no rulebook")
    entry.write_bytes(store_module._digest(entry.stem, payload) + payload)


def writable_by_others(entry: Path) -> None:
    entry.chmod(0o622)


def in_a_folder_writable_by_others(entry: Path) -> None:
    entry.parent.chmod(0o777)


def linked(entry: Path) -> None:
    entry.rename(entry.parent / "elsewhere")
    entry.symlink_to("elsewhere")


def of_a_folder(entry: Path) -> None:
    entry.unlink()
    entry.mkdir()


@pytest.mark.parametrize(
    "spoil",
    [
        cut,
        emptied,
        altered,
        no_rulebook,
        writable_by_others,
        in_a_folder_writable_by_others,
        linked,
        of_a_folder,
    ],
)
def test_an_entry_that_cannot_be_relied_on_is_not_used(
    store: RuleStore, folder: Path, loader: Loader, rules: Path, spoil: Callable[[Path], None]
) -> None:
    store.rulebook(rules, loader)
    (entry,) = entries(folder)
    spoil(entry)
    assert store.rulebook(rules, loader) is not None
    assert loader.count == 2


def test_the_entry_of_other_rules_is_not_taken_under_a_false_name(
    store: RuleStore, folder: Path, loader: Loader, rules: Path
) -> None:
    store.rulebook(rules, loader)
    (first,) = entries(folder)
    changed(rules / "lemtrada-ms.yaml")
    store.rulebook(rules, loader)
    (second,) = set(entries(folder)) - {first}
    shutil.copy(first, second)
    store.rulebook(rules, loader)
    assert loader.count == 3


def test_an_entry_of_another_user_is_not_unpickled(
    store: RuleStore, loader: Loader, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.rulebook(rules, loader)
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    monkeypatch.setattr(pickle, "loads", lambda _: pytest.fail("was unpickled"))
    store.rulebook(rules, loader)
    assert loader.count == 2


def test_a_folder_that_cannot_be_made_is_no_problem(tmp_path: Path, loader: Loader, rules: Path) -> None:
    (tmp_path / "file").write_text("")
    store = RuleStore(tmp_path / "file" / "cache")
    for _ in range(2):
        store.rulebook(rules, loader)
    assert loader.count == 2


def test_a_full_disk_is_no_problem_and_leaves_nothing_behind(
    store: RuleStore, folder: Path, loader: Loader, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    store.rulebook(rules, loader)
    assert entries(folder) == []


# -- which store, and how much of it -----------------------------------------------------------------------


def test_only_the_newest_entries_are_kept(
    store: RuleStore, folder: Path, loader: Loader, rules: Path
) -> None:
    made: list[Path] = []
    for _ in range(MOST_ENTRIES + 3):
        changed(rules / "lemtrada-ms.yaml")
        store.rulebook(rules, loader)
        made += set(entries(folder)) - set(made)
        os.utime(made[-1], (len(made), len(made)))
    assert entries(folder) == sorted(made[-MOST_ENTRIES:])


def test_files_of_processes_that_ended_while_writing_are_removed(
    store: RuleStore, folder: Path, loader: Loader, rules: Path
) -> None:
    folder.mkdir(mode=0o700)
    (folder / "abandoned.rules.1.new").write_text("")
    (folder / "at-work.rules.2.new").write_text("")
    (folder / "of-the-user").write_text("")
    long_ago = time.time() - 2 * 3600
    os.utime(folder / "abandoned.rules.1.new", (long_ago, long_ago))
    store.rulebook(rules, loader)
    names = {entry.name for entry in entries(folder)}
    assert {"at-work.rules.2.new", "of-the-user"} < names
    assert "abandoned.rules.1.new" not in names


@pytest.mark.parametrize(
    ("variables", "place"),
    [
        ({"ORDERGUARD_CACHE": "/own", "XDG_CACHE_HOME": "/caches"}, "/own"),
        ({"XDG_CACHE_HOME": "/caches"}, "/caches/orderguard"),
        ({"XDG_CACHE_HOME": "relative"}, "/home/someone/.cache/orderguard"),
        ({"XDG_CACHE_HOME": ""}, "/home/someone/.cache/orderguard"),
        ({}, "/home/someone/.cache/orderguard"),
    ],
)
def test_the_store_is_in_the_users_cache_directory(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], place: str
) -> None:
    for name in ("ORDERGUARD_CACHE", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", "/home/someone")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    store = RuleStore.of_user()
    assert store is not None
    assert store._folder == Path(place)


def test_an_empty_variable_switches_the_store_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORDERGUARD_CACHE", "")
    assert RuleStore.of_user() is None
