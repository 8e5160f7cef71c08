"""Files of sites, for tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

BY = {"by": "NAME OF THE PHARMACIST", "on": "2026-11-01", "reason": "Decided by the pharmacy committee."}
"""What a loosening needs beside the rule and what becomes of it."""

PACK = "lemtrada-ms"


def loosening(rule: str, severity: str | None = None, **more: Any) -> dict[str, Any]:
    """An entry of `loosen`; without a severity the rule is switched off."""
    change: dict[str, Any] = {"off": True} if severity is None else {"severity": severity}
    return {"rule": rule, **change, **BY, **more}


def site_file(folder: Path, *, name: str = "Test site", pack: str = PACK, **parts: Any) -> Path:
    """A site file that changes one pack.

    Args:
        folder: where it is written.
        name: the name of the site.
        pack: the pack that it changes.
        parts: `settings`, `raise_` and `loosen` of the pack; `profile` and `rules` of the file.
    """
    document: dict[str, Any] = {"site": name}
    document |= {key: parts.pop(key) for key in ("profile", "rules") if key in parts}
    if parts:
        document["packs"] = {pack: {key.rstrip("_"): value for key, value in parts.items()}}
    path = folder / "site.yaml"
    # JSON is YAML.
    path.write_text(json.dumps(document, indent=1))
    return path
