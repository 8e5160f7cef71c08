"""What runs on the driver: everything that can be wrong with a call is found before any job runs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orderguard._version import __version__
from orderguard.inputs.extra import library_of
from orderguard.rulebook.load import bundled_rules, load_rulebook
from orderguard.spark.job import Job, RuleFiles, Setup
from orderguard.verifier import KEY_VARIABLE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_NEEDED = ("pyspark.sql", "pandas", "pyarrow")


def verify(
    df: DataFrame,
    column: str | None = None,
    *,
    rules: str | Path | None = None,
    site: str | Path | None = None,
    keep: str | Sequence[str] = (),
    key: str | bytes | None = None,
    log: str | None = None,
) -> DataFrame:
    """Verify a DataFrame of orders. No job runs before the verdicts are asked for.

    Args:
        df: the orders, one in each row.
        column: the column that holds the order document: JSON text (string or binary), or a struct. None: the
            only column, if it is text; else the columns themselves are the parts of the order.
        rules: a directory of rules on the driver, which is sent to the workers; None for the bundled ones.
        site: a site's file on the driver, sent with the directory of rules that it names; None for none.
        keep: columns that are carried over, in front of the verdict.
        key: the site's key for `decision_id` and `order_sha256`; None takes ORDERGUARD_KEY of the driver.
        log: a file on each machine to which the events of the decision log are appended. None: each verdict
            has its events beside it, in the column `events`.

    Returns:
        A row for each row of `df`, with the columns of the Parquet output of `orderguard check`; `source`,
        `record` and `line` are null. A row that is no order has the decision `invalid`.

    Raises:
        ColumnsError: the columns do not fit; names every one.
        RulesError: the rules or the site's file do not load, or cannot be sent.
        EngineFault: durable-rules is not installed, or an engine does not take the rules.
        MissingExtraError: `orderguard[spark]` is not installed.
    """
    for library in _NEEDED:
        library_of("spark", library, "Spark")
    from orderguard.spark.choosing import choose
    from orderguard.spark.result import result_schema

    kept = (keep,) if isinstance(keep, str) else tuple(keep)
    chosen = choose(df.schema, column, kept, has_events=log is None)
    job = Job(_setup(rules, site, key, log), chosen.is_text, kept)

    def judge(batches: Iterable[Any]) -> Iterator[Any]:
        from orderguard.spark.worker import verdicts

        return verdicts(batches, job)

    schema = result_schema(chosen.kept, has_events=log is None)
    return df.select(*chosen.columns()).mapInArrow(judge, schema)


def _setup(
    rules: str | Path | None, site: str | Path | None, key: str | bytes | None, log: str | None
) -> Setup:
    """What workers verify with, after it was tried here."""
    rules = None if rules is None else Path(rules)
    site = None if site is None else Path(site)
    rulebook = load_rulebook(bundled_rules() if rules is None else rules, site=site)
    files = RuleFiles.read(rules, site)
    secret = os.environ.get(KEY_VARIABLE, "") if key is None else key
    return Setup(
        __version__,
        tuple(pack.sha256 for pack in rulebook.packs),
        files,
        secret.encode() if isinstance(secret, str) else secret,
        log,
    )
