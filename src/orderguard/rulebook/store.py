"""Keeps compiled rules, so that the next start need not compile and test the same files again.

An entry is only used for the very same rule files, code and libraries it was made of and with. Whatever is
wrong with the store, the rules are compiled from their files: it makes a start faster, never different.

Entries are pickles, and a pickle can run code. So an entry is read only out of a directory and a file that
belong to the user and that nobody else can write.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pydantic
import pydantic_core

from orderguard.engine.durable import engine_file
from orderguard.facts.terminology import Terminology
from orderguard.facts.vocabulary import Vocabulary, build_vocabulary
from orderguard.rulebook.load import rule_files
from orderguard.rulebook.pack import Pack, Rulebook, SiteChanges

FOLDER_VARIABLE = "ORDERGUARD_CACHE"
MOST_ENTRIES = 8

_NO_RULES_MADE = ("testing", "tools")
"""Parts of the package that neither compile nor judge rules."""

_SUFFIX = ".rules"
_NEW = ".new"
_ABANDONED_SECONDS = 3600
_DIGEST_LENGTH = hashlib.sha256().digest_size
_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_PACKAGE = Path(__file__).resolve().parent.parent


class _UnusableError(Exception):
    """The store cannot be used; why does not matter."""


class RuleStore:
    """Compiled rules in a directory of the user.

    Args:
        folder: the directory. It is made when the first entry is put there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of_user(cls) -> RuleStore | None:
        """The store in the user's cache directory.

        It is $ORDERGUARD_CACHE, else $XDG_CACHE_HOME/orderguard, else ~/.cache/orderguard.

        Returns:
            None where $ORDERGUARD_CACHE is empty, and where the system does not say who owns a file.
        """
        chosen = os.environ.get(FOLDER_VARIABLE)
        if chosen == "" or not hasattr(os, "geteuid"):
            return None
        if chosen is not None:
            return cls(Path(chosen))
        caches = Path(os.environ.get("XDG_CACHE_HOME", ""))
        try:
            return cls((caches if caches.is_absolute() else Path.home() / ".cache") / "orderguard")
        except RuntimeError:
            return None

    def rulebook(
        self, directory: Path, load: Callable[[Path], Rulebook], site: Path | None = None
    ) -> Rulebook:
        """The rulebook of a directory of rules: out of the store, else loaded and put there.

        Args:
            directory: the directory of rules.
            load: loads it; what it raises is raised, and nothing is put into the store.
            site: the site's file with which it is loaded; None for none.
        """
        key = _key(directory, site)
        found = None if key is None else self._get(key)
        if found is not None:
            return found
        rulebook = load(directory)
        # Files that were changed meanwhile may not be those that were loaded, or the code that loaded them.
        if key is not None and key == _key(directory, site) and _code() == _CODE_AT_START:
            self._put(key, rulebook)
        return rulebook

    def _get(self, key: str) -> Rulebook | None:
        """The rulebook of a key; None where there is none that can be relied on."""
        try:
            with _opened(self._folder) as folder:
                content = _read(folder, key + _SUFFIX)
            digest, payload = content[:_DIGEST_LENGTH], content[_DIGEST_LENGTH:]
            if digest != _digest(key, payload):
                return None
            packs, terminology, site = pickle.loads(payload)  # noqa: S301 (the user's own file, see above)
            return _StoredRulebook(packs, build_vocabulary(terminology), terminology, site)
        except Exception:  # noqa: BLE001 (whatever is wrong, the rules are loaded from their files)
            return None

    def _put(self, key: str, rulebook: Rulebook) -> None:
        """Keep a rulebook, if that is possible."""
        # Whatever is wrong, the rules are loaded from their files the next time too.
        with contextlib.suppress(Exception):
            packs = {pack.product: _pickled_pack(pack) for pack in rulebook.packs}
            payload = _pickled((packs, rulebook.terminology, rulebook.site))
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _opened(self._folder) as folder:
                _write(folder, key + _SUFFIX, _digest(key, payload) + payload)
                _remove_old(folder)


class _StoredRulebook(Rulebook):
    """A rulebook out of the store: a pack is unpickled when it is first needed.

    Args:
        stored: for each product its pack, pickled; checked as the whole entry was.
        vocabulary: as for `Rulebook`.
        terminology: as for `Rulebook`.
        site: as for `Rulebook`.
    """

    def __init__(
        self,
        stored: Mapping[str, bytes],
        vocabulary: Vocabulary,
        terminology: Terminology,
        site: SiteChanges | None,
    ) -> None:
        super().__init__((), vocabulary, terminology, site)
        self._stored = dict(stored)
        self._ready: dict[str, Pack] = {}

    @property
    def packs(self) -> tuple[Pack, ...]:
        """The packs."""
        return tuple(self._pack(product) for product in self._stored)

    def pack_for(self, product: str | None) -> Pack | None:
        """The pack that covers a product, or None."""
        return self._pack(product) if product in self._stored else None

    def _pack(self, product: str) -> Pack:
        if product not in self._ready:
            pack = pickle.loads(self._stored[product])  # noqa: S301 (a part of the checked entry)
            self._ready.setdefault(product, pack)
        return self._ready[product]


# -- what an entry stands for --------------------------------------------------------------------------------


def _key(directory: Path, site: Path | None = None) -> str | None:
    """The SHA-256 of all that a rulebook is made of and with; None when something of it cannot be read."""
    if _CODE_AT_START is None:
        return None
    try:
        digest = hashlib.sha256(_CODE_AT_START)
        # Problems and rules name their file, so the name of the directory is part of them.
        _add_rules(digest, directory)
        if site is not None:
            _add(digest, b"site", os.fsencode(site), site.read_bytes())
            more = rules_directory(site)
            if more is not None:
                _add_rules(digest, more)
    except Exception:  # noqa: BLE001 (whatever is wrong, the rules are loaded from their files)
        return None
    return digest.hexdigest()


def _add_rules(digest: hashlib._Hash, directory: Path) -> None:
    _add(digest, os.fsencode(directory))
    for path in rule_files(directory):
        _add(digest, os.fsencode(path), path.read_bytes())


def rules_directory(site: Path) -> Path | None:
    """The directory of rules that a site's file names; None without one."""
    from orderguard.rulebook import site as site_module

    return site_module.rules_directory(site)


def _code() -> bytes | None:
    """The SHA-256 of the code that compiles and judges rules; None when something of it cannot be read."""
    try:
        digest = hashlib.sha256(engine_file().read_bytes())
        versions = (sys.version, pydantic.VERSION, pydantic_core.__version__)
        _add(digest, *(version.encode() for version in versions), _yaml_file().read_bytes())
        for name, content in _files_of_the_package():
            _add(digest, os.fsencode(name), content)
    except Exception:  # noqa: BLE001 (whatever is wrong, the rules are loaded from their files)
        return None
    return digest.digest()


def _files_of_the_package() -> Iterator[tuple[str, bytes]]:
    for folder, folders, names in os.walk(_PACKAGE):
        folders[:] = sorted(name for name in folders if name not in _NO_RULES_MADE)
        for name in sorted(name for name in names if name.endswith(".py")):
            with open(f"{folder}/{name}", "rb", buffering=0) as stream:  # noqa: PTH123 (a Path takes longer)
                yield f"{os.path.relpath(folder, _PACKAGE)}/{name}", stream.read()


def _yaml_file() -> Path:
    """The file of PyYAML that names its version; rules out of the store are read without importing it."""
    spec = find_spec("yaml")
    if spec is None or spec.origin is None:
        raise _UnusableError
    return Path(spec.origin)


def _add(digest: hashlib._Hash, *parts: bytes) -> None:
    """Add parts so that no two lists of parts are alike."""
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)


_CODE_AT_START = _code()
"""Code that changes while the process runs is not the code that runs: then nothing is put into the store."""


# -- what an entry holds -------------------------------------------------------------------------------------


def _pickled_pack(pack: Pack) -> bytes:
    _ = pack.groups  # worked out once and kept in the pack, so that a start finds it there
    return _pickled(pack)


def _pickled(value: object) -> bytes:
    """A value as bytes; read-only views of mappings become such views again."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = {MappingProxyType: _reduced}
    pickler.dump(value)
    return buffer.getvalue()


def _reduced(view: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return _view, (dict(view),)


def _view(entries: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(entries)


def _digest(key: str, payload: bytes) -> bytes:
    """What tells a whole entry of a key from a cut, altered or misnamed one."""
    digest = hashlib.sha256(key.encode())
    digest.update(payload)
    return digest.digest()


# -- files of the user ---------------------------------------------------------------------------------------


@contextlib.contextmanager
def _opened(folder: Path) -> Iterator[int]:
    """The directory as a descriptor, if it is the user's and nobody else can write it."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _check(descriptor)
        yield descriptor
    finally:
        os.close(descriptor)


def _check(descriptor: int) -> None:
    status = os.fstat(descriptor)
    if status.st_uid != os.geteuid() or status.st_mode & _WRITABLE_BY_OTHERS:
        raise _UnusableError


def _read(folder: int, name: str) -> bytes:
    descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    with os.fdopen(descriptor, "rb") as stream:
        _check(descriptor)
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _UnusableError
        return stream.read()


def _write(folder: int, name: str, content: bytes) -> None:
    """Write a file that is there as a whole or not at all."""
    new = f"{name}.{os.getpid()}{_NEW}"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(new, flags, 0o600, dir_fd=folder)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
        os.replace(new, name, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(new, dir_fd=folder)
        raise


def _remove_old(folder: int) -> None:
    """Keep the newest entries, and no half-written file of a process that ended long ago."""
    ages = [
        (os.stat(name, dir_fd=folder, follow_symlinks=False).st_mtime, name)
        for name in os.listdir(folder)
        if name.endswith((_SUFFIX, _NEW))
    ]
    entries = sorted((age, name) for age, name in ages if name.endswith(_SUFFIX))
    abandoned = [name for age, name in ages if name.endswith(_NEW) and age < time.time() - _ABANDONED_SECONDS]
    for name in (*(name for _, name in entries[:-MOST_ENTRIES]), *abandoned):
        os.unlink(name, dir_fd=folder)
