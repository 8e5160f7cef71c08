"""What the driver sends to the workers, with each task."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from orderguard.errors import EngineFault, RulesError
from orderguard.rulebook.load import rule_files
from orderguard.rulebook.yaml_source import read_yaml

if TYPE_CHECKING:
    from orderguard.decision_log import DecisionLog
    from orderguard.verifier import Verifier

_RULES = "rules"
_SITE = "site"


@dataclass(frozen=True, slots=True)
class RuleFiles:
    """Rules as files, so that they need not lie on each machine.

    Attributes:
        files: the path of each file below a directory, and what it holds.
        has_rules: whether a directory of rules is among them; without, the installed ones are meant.
        site: the path of the site's file; None without one.
    """

    files: tuple[tuple[str, bytes], ...] = field(repr=False)
    has_rules: bool
    site: str | None

    @classmethod
    def read(cls, rules: Path | None, site: Path | None) -> RuleFiles:
        """Read the files of rules that load.

        Args:
            rules: the directory of rules; None for the installed ones.
            site: the site's file; None for none.

        Raises:
            RulesError: the site names a directory that cannot be sent with its file.
        """
        files: list[tuple[str, bytes]] = []
        if rules is not None:
            files += _below(rules, PurePath(_RULES))
        if site is None:
            return cls(tuple(files), rules is not None, None)
        path = PurePath(_SITE) / site.name
        files.append((str(path), site.read_bytes()))
        own = _own_rules(site)
        if own is not None:
            files += _below(site.parent / own, PurePath(_SITE) / own)
        return cls(tuple(files), rules is not None, str(path))

    def put(self, folder: Path) -> tuple[Path | None, Path | None]:
        """Write the files into a directory.

        Returns:
            The directory of rules and the site's file, each None if there is none.

        Raises:
            OSError: they cannot be written.
        """
        for name, content in self.files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        rules = folder / _RULES if self.has_rules else None
        return rules, None if self.site is None else folder / self.site


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker verifies with. Workers keep the process that they start with it.

    Attributes:
        software: the version of orderguard.
        packs: the SHA-256 of each pack, as the driver loaded them.
        rules: the files of the rules.
        key: the site's key.
        log: the file of the decision log on each machine; None: events stand beside their verdicts.
    """

    software: str
    packs: tuple[str, ...]
    rules: RuleFiles
    key: bytes = field(repr=False)
    log: str | None

    def verifier(self, log: DecisionLog) -> Verifier:
        """A verifier with these rules and this key.

        Args:
            log: where its events go.

        Raises:
            EngineFault: the rules are not those of the driver, or cannot be written to load them.
            RulesError: the rules do not load.
        """
        from orderguard.verifier import Verifier

        try:
            with tempfile.TemporaryDirectory(prefix="orderguard-") as folder:
                rules, site = self.rules.put(Path(folder))
                verifier = Verifier(rules, site=site, key=self.key, log=log)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise EngineFault(f"a worker cannot write the rules to load them: {reason}") from None
        if tuple(pack.sha256 for pack in verifier.rulebook.packs) != self.packs:
            raise EngineFault(
                "a worker has other rules than the driver; nothing is verified: "
                "install the same orderguard on all machines"
            )
        return verifier


@dataclass(frozen=True, slots=True)
class Job:
    """What is done with rows, whose last column is the order document.

    Attributes:
        setup: what it is done with.
        is_text: whether the order document is JSON text; else it is a struct.
        kept: the names of the other columns, which are carried over.
    """

    setup: Setup
    is_text: bool
    kept: tuple[str, ...]


def _below(directory: Path, name: PurePath) -> Iterator[tuple[str, bytes]]:
    for path in rule_files(directory):
        yield str(name / path.relative_to(directory)), path.read_bytes()


def _own_rules(site: Path) -> PurePath | None:
    """The directory that a site's file names, below the directory of that file; None if it names none."""
    source = read_yaml(site)
    named = source.data.get("rules") if isinstance(source.data, dict) else None
    if not isinstance(named, str):
        return None
    path = PurePath(named.strip())
    if path.is_absolute() or ".." in path.parts:
        message = "the directory must lie below that of this file, for it is sent to the workers of Spark"
        raise RulesError([source.problem(("rules",), message)])
    return path
