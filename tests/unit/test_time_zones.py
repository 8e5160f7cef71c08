"""Time zones come from the `tzdata` package alone."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import reset_tzpath

import pytest

from orderguard.time_zones import time_zone, time_zone_names


@pytest.fixture
def no_system_zones(tmp_path: Path):  # type: ignore[no-untyped-def]
    (tmp_path / "Mars").write_bytes(b"TZif2")
    reset_tzpath([str(tmp_path)])
    time_zone.cache_clear()
    yield
    reset_tzpath()
    time_zone.cache_clear()


def test_zones_do_not_depend_on_the_operating_system(no_system_zones: None) -> None:
    summer = datetime(2025, 6, 2, 9, tzinfo=time_zone("America/New_York"))
    assert summer.utcoffset() == timedelta(hours=-4)
    assert summer.replace(month=1).utcoffset() == timedelta(hours=-5)
    with pytest.raises(KeyError):
        time_zone("Mars")


def test_every_name_is_a_zone() -> None:
    assert len(time_zone_names()) > 400
    for name in time_zone_names():
        assert time_zone.__wrapped__(name).key == name


@pytest.mark.parametrize(
    "name", ["", "..", "../zones", "/etc/localtime", "zones", "posix/UTC", "america/new_york"]
)
def test_no_other_name_is_a_zone(name: str) -> None:
    with pytest.raises(KeyError):
        time_zone(name)
