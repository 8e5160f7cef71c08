"""What the tests of `orderguard[spark]` share. They run by themselves: `python -m pytest tests_spark`."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from tests_spark.rows import EXAMPLES

NAMES = ("lemtrada-course-1", "lemtrada-too-fast", "lemtrada-incomplete", "campath-maintenance")
ZONE = "America/New_York"

_CACHE = tempfile.TemporaryDirectory(prefix="orderguard-tests-")
os.environ["ORDERGUARD_CACHE"] = _CACHE.name
os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
os.environ["JAVA_TOOL_OPTIONS"] = "-XX:TieredStopAtLevel=1"  # a short life is not worth much compiling
os.environ.pop("ORDERGUARD_KEY", None)


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session on this machine with two tasks at a time; its Java process ends with the tests."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", ZONE)
        .config("spark.sql.warehouse.dir", str(tmp_path_factory.mktemp("warehouse")))
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("OFF")
    java = SparkContext._gateway.proc
    yield session
    session.stop()
    SparkContext._gateway.shutdown()
    java.stdin.close()
    assert java.wait(60) is not None


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """Orders that are verified, rejected and held, of both products."""
    return [(EXAMPLES / f"{name}.json").read_text() for name in NAMES]
