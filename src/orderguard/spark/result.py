"""The columns of verdicts, for Arrow and for Spark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from orderguard.inputs.extra import library_of
from orderguard.outputs.parquet_verdicts import verdict_schema

if TYPE_CHECKING:
    from pyspark.sql.types import DataType, StructField, StructType

EVENTS = "events"
"""The column of the lines for the decision log."""


def verdict_columns(*, has_events: bool) -> Any:
    """The Arrow schema of verdicts: that of the Parquet output of `orderguard check`, and events.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    schema = verdict_schema()
    if not has_events:
        return schema
    arrow = library_of("spark", "pyarrow", "Spark")
    return schema.append(arrow.field(EVENTS, arrow.list_(arrow.string())))


def result_schema(kept: Sequence[StructField], *, has_events: bool) -> StructType:
    """The Spark schema of verdicts behind columns that are carried over.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    from pyspark.sql.types import StructField, StructType

    columns = verdict_columns(has_events=has_events)
    return StructType([*kept, *(StructField(column.name, _spark_type(column.type)) for column in columns)])


def _spark_type(kind: Any) -> DataType:
    from pyspark.sql import types as spark

    of = library_of("spark", "pyarrow.types", "Spark")
    if of.is_struct(kind):
        return spark.StructType([spark.StructField(part.name, _spark_type(part.type)) for part in kind])
    if of.is_list(kind):
        return spark.ArrayType(_spark_type(kind.value_type))
    if of.is_map(kind):
        return spark.MapType(_spark_type(kind.key_type), _spark_type(kind.item_type))
    plain: dict[str, DataType] = {
        "string": spark.StringType(),
        "int64": spark.LongType(),
        "bool": spark.BooleanType(),
    }
    return plain[str(kind)]
