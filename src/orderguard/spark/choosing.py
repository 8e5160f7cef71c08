"""Which columns of a DataFrame are the order, and what in their types cannot be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from pyspark.sql import Column
from pyspark.sql import functions as sql
from pyspark.sql import types as spark

from orderguard.errors import ColumnsError
from orderguard.inputs.columns import field_names
from orderguard.spark.result import verdict_columns

_TEXT = (spark.StringType, spark.CharType, spark.VarcharType, spark.BinaryType)
_VALUES = (
    spark.StringType,
    spark.CharType,
    spark.VarcharType,
    spark.BooleanType,
    spark.ByteType,
    spark.ShortType,
    spark.IntegerType,
    spark.LongType,
    spark.DecimalType,
    spark.DateType,
    spark.TimestampType,
    spark.NullType,
)
"""What a value of an order may be."""

_ORDER = "order"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The columns that are used.

    Attributes:
        kept: those that are carried over.
        order: those that hold the order.
        is_text: whether the order is JSON text.
        is_whole: whether the columns are the parts of the order; else the only one is the order.
    """

    kept: tuple[spark.StructField, ...]
    order: tuple[str, ...]
    is_text: bool
    is_whole: bool

    def columns(self) -> Iterator[Column]:
        """What is selected: the columns that are carried over, and the order document as the last column."""
        for place, part in enumerate(self.kept):
            # Spark takes a point in the name of a column for a step into it.
            yield _column(part.name).alias(f"kept_{place}")
        if self.is_whole:
            yield sql.struct(*(_column(name).alias(name) for name in self.order)).alias(_ORDER)
        else:
            yield _column(self.order[0]).alias(_ORDER)


def choose(schema: spark.StructType, column: str | None, keep: Sequence[str], *, has_events: bool) -> Chosen:
    """Find the columns.

    Args:
        schema: that of the DataFrame.
        column: the column of the order documents; None for none in particular.
        keep: the columns to carry over.
        has_events: whether the verdicts have a column of events.

    Raises:
        ColumnsError: they do not fit; with every reason.
    """
    taken = verdict_columns(has_events=has_events).names
    problems = [*_missing(schema, column, keep), *_repeated(schema, keep), *_clashing(keep, taken)]
    if problems:
        raise ColumnsError(problems)
    fields = {part.name: part for part in schema}
    kept = tuple(fields[name] for name in keep)
    known = field_names()
    if column is None:
        rest = [name for name in fields if name not in keep]
        # No order has one key alone.
        if len(rest) == 1 and rest[0] not in known and isinstance(fields[rest[0]].dataType, _TEXT):
            column = rest[0]
    if column is not None:
        kind = fields[column].dataType
        is_text = isinstance(kind, _TEXT)
        problems += [] if is_text else _struct_problems(kind, column)
        chosen = Chosen(kept, (column,), is_text, is_whole=False)
    else:
        names = tuple(name for name in fields if name in known or name not in keep)
        problems += _whole_problems([fields[name] for name in names], known)
        chosen = Chosen(kept, names, is_text=False, is_whole=True)
    if problems:
        raise ColumnsError(problems)
    return chosen


def _missing(schema: spark.StructType, column: str | None, keep: Sequence[str]) -> Iterator[str]:
    for name in (*keep, *(() if column is None else (column,))):
        if name not in schema.names:
            yield f"there is no column `{name}`{_near(name, schema.names)}"


def _repeated(schema: spark.StructType, keep: Sequence[str]) -> Iterator[str]:
    # Spark finds columns whatever their case.
    for name, count in Counter(name.lower() for name in schema.names).items():
        if count > 1:
            yield f"the column `{name}` must be there only once"
    for name, count in Counter(keep).items():
        if count > 1:
            yield f"keep names the column `{name}` twice"


def _clashing(keep: Sequence[str], taken: Sequence[str]) -> Iterator[str]:
    for name in keep:
        if name.lower() in taken:
            yield f"the verdict has a column `{name}` too: rename the one to keep (`withColumnRenamed`)"


def _struct_problems(kind: spark.DataType, column: str) -> Iterator[str]:
    if isinstance(kind, spark.StructType):
        yield from _field_problems(kind.fields, (), f"{column}.")
    else:
        yield f"the column `{column}` is {kind.simpleString()}: orders are JSON text or a struct"


def _whole_problems(fields: Sequence[spark.StructField], known: Sequence[str]) -> Iterator[str]:
    if any(part.name in known for part in fields):
        yield from _field_problems(fields, (), "")
        return
    names = ", ".join(f"`{part.name}`" for part in fields) or "none"
    yield f"no column is a part of an order ({names}): name the one that holds the orders with `column`"


def _field_problems(fields: Sequence[spark.StructField], steps: tuple[str, ...], place: str) -> Iterator[str]:
    """What is wrong with the fields at a place of the order document."""
    known = field_names(*steps)
    for name, count in Counter(part.name for part in fields).items():
        if count > 1:
            yield f"the column `{place}{name}` must be there only once"
    for part in fields:
        if part.name in known:
            yield from _type_problems(part.dataType, (*steps, part.name), place + part.name)
        else:
            keep = "" if steps or place else "; to carry it over, name it in `keep`"
            yield f"the column `{place}{part.name}` is no part of an order{_near(part.name, known)}{keep}"


def _type_problems(kind: spark.DataType, steps: tuple[str, ...], place: str) -> Iterator[str]:
    if isinstance(kind, spark.StructType):
        yield from _field_problems(kind.fields, steps, f"{place}.")
    elif isinstance(kind, spark.ArrayType):
        yield from _type_problems(kind.elementType, steps, place)
    elif isinstance(kind, spark.FloatType | spark.DoubleType):
        yield (
            f"the column `{place}` is {kind.simpleString()}: a binary floating-point number is not exact; "
            "it must be decimal, whole or text"
        )
    elif isinstance(kind, spark.TimestampNTZType):
        yield f"the column `{place}` has no time zone: it must be a timestamp, or text with an offset"
    elif not isinstance(kind, _VALUES):
        yield (
            f"the column `{place}` is {kind.simpleString()}: "
            "it must be text, a number, a date, an instant, or true or false"
        )


def _near(name: str, names: Sequence[str]) -> str:
    found = get_close_matches(name, names, 1)
    return f" (did you mean `{found[0]}`?)" if found else ""


def _column(name: str) -> Column:
    return sql.col("`" + name.replace("`", "``") + "`")
