"""What a verdict and a list of rules say of a site."""

from __future__ import annotations

from orderguard.findings import json_value
from orderguard.rulebook.pack import SiteChanges
from orderguard.verdict import LoosenedRule, RaisedRule, SiteRef


def site_ref(changes: SiteChanges) -> SiteRef:
    """What a site's file changes, as it stands in a verdict."""
    return SiteRef(
        name=changes.name,
        settings={name: json_value(value) for name, value in changes.settings.items()},
        raised=tuple(RaisedRule(**{"rule": c.rule, "from": c.was, "to": c.now}) for c in changes.raised),
        loosened=tuple(
            LoosenedRule(
                **{"rule": c.rule, "from": c.was, "to": c.now, "by": c.by, "on": c.on, "reason": c.reason}
            )
            for c in changes.loosened
        ),
    )
