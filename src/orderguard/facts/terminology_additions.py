"""What a site adds to the value sets: more entries, never a change of one that is there.

An addition must not be a way to loosen a rule unnoticed. So no entry may stand a second time, no code of a
condition kind is added (a longer code would take patients out of another kind), and no drug of a site is a
product of a drug that is there (it would take entries out of the classes of that drug).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_origin

from orderguard.errors import RulesError
from orderguard.facts.terminology_files import (
    DOCUMENTS,
    Added,
    DrugsFile,
    FileDocument,
    LoadedFile,
    TerminologyFiles,
    file_name,
    other_files,
    read_file,
)
from orderguard.rulebook.yaml_source import YamlSource, read_yaml

_SOURCES = "sources"


def add_files(files: TerminologyFiles, directory: Path) -> None:
    """Join the entries of a directory to files that were read; problems are collected, not raised.

    Args:
        files: the files; those that a file of the directory adds to are replaced.
        directory: the directory. It need not have every file.
    """
    for name, model in DOCUMENTS.items():
        path = directory / file_name(name)
        if not path.exists():
            continue
        try:
            added = read_file(_whole(read_yaml(path), model), model)
        except RulesError as error:
            files.problems += error.problems
            continue
        base: LoadedFile[Any] | None = getattr(files, name)
        if base is not None:
            joined = _joined(base, added)
            _check(base, added)
            joined.problems += added.problems
            setattr(files, name, joined)
    files.problems += other_files(directory)


def _whole(source: YamlSource, model: type[FileDocument]) -> YamlSource:
    """The file with an empty entry for each part that it does not have."""
    if not isinstance(source.data, dict):
        return source
    empty = {name: get_origin(field.annotation)() for name, field in model.model_fields.items()}  # type: ignore[misc]
    return source.with_data({**empty, **source.data})


def _joined(base: LoadedFile[Any], added: LoadedFile[Any]) -> LoadedFile[Any]:
    parts: dict[str, Any] = {}
    keys: dict[str, frozenset[str]] = {}
    offsets: dict[str, int] = {}
    for name in type(base.document).model_fields:
        own, more = getattr(base.document, name), getattr(added.document, name)
        if name == _SOURCES:
            continue
        if isinstance(own, list):
            parts[name], offsets[name] = [*own, *more], len(own)
            continue
        for key in own.keys() & more.keys():
            place = base.where((name, key))
            added.refuse(
                (name, key), f"`{key}` stands already at {place}; a site adds entries, it changes none"
            )
        keys[name] = frozenset(more.keys() - own.keys())
        parts[name] = {**own, **{key: more[key] for key in more if key not in own}}
    document = base.document.model_copy(update=parts)
    return LoadedFile(base.source, document, base.problems, Added(added.source, keys, offsets))


def _check(base: LoadedFile[Any], added: LoadedFile[Any]) -> None:
    kinds, more = (getattr(file.document, "kinds", {}) for file in (base, added))
    for kind in more.keys() - kinds.keys():
        added.refuse(("kinds", kind), "a site adds groups of condition kinds, no codes")
    if isinstance(added.document, DrugsFile):
        _check_generics(base.document, added.document, added)


def _check_generics(base: DrugsFile, document: DrugsFile, added: LoadedFile[Any]) -> None:
    there = {drug for group in base.groups for drug in group.drugs}
    for index, group in enumerate(document.groups):
        for drug, part in group.drugs.items():
            if part.generic in there:
                path = ("groups", index, "drugs", drug, "generic")
                added.refuse(
                    path, f"`{part.generic}` is no drug of the site; name a drug of this file, or none"
                )
