"""Reading single rows, and writing new ones of several tables at the cost of few statements."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import (
    BooleanField,
    CharField,
    Field,
    ForeignKey,
    IntegerField,
    Model,
    QuerySet,
    TextField,
)


def one_or_none(rows: QuerySet) -> Any:
    """
    The only row of ``rows``, or ``None``. For conditions that at most one row meets: unlike
    ``first()`` it asks the database for no order.

    :raises MultipleObjectsReturned: there are several.
    """
    try:
        return rows.get()
    except rows.model.DoesNotExist:
        return None


def is_there(model: type[Model], name: str, value: Any) -> bool:
    """Whether some row has exactly ``value`` (text or a whole number) in the field ``name``."""
    quote, meta = connection.ops.quote_name, model._meta
    column = quote(meta.get_field(name).column)
    # The same as ``filter().exists()``, without planning it anew each time.
    asked = f"SELECT 1 FROM {quote(meta.db_table)} WHERE {column} = %s LIMIT 1"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(asked, [value])
        return cursor.fetchone() is not None


def insert_all(rows: Sequence[Model]) -> None:
    """
    Write new rows of one or several models, in order, and give them their keys.

    For acts that write many small rows with a lock in hand. Django plans every INSERT anew, at
    several times the cost of doing it; of a whole new row the plan never changes, so that it is
    kept. PostgreSQL gets all the statements in one go. No signals are sent; what a row refers to
    must have its key already.
    """
    here = transaction.get_connection()
    batches = [list(group) for _model, group in groupby(rows, key=type)]
    statements = [_statement(here, group) for group in batches]
    with here.cursor() as cursor:
        for group, keys in zip(batches, _run(here, cursor, statements), strict=True):
            for row, key in zip(group, keys or [row.pk for row in group], strict=True):
                row.pk = key
                row._state.adding, row._state.db = False, here.alias


def _run(here, cursor, statements: list[tuple[str, list]]) -> Iterator[list | None]:
    """The keys that each statement returned; ``None`` for one that returns none."""
    one_go = here.vendor == "postgresql" and not here.features.uses_server_side_binding
    if one_go:
        values = [value for _, values in statements for value in values]
        cursor.execute("; ".join(sql for sql, _ in statements), values)
    for sql, values in statements:
        if not one_go:
            cursor.execute(sql, values)
        yield [key for (key,) in cursor.fetchall()] if _RETURNING in sql else None
        if one_go:
            cursor.nextset()


def _statement(here, rows: list[Model]) -> tuple[str, list]:
    model = type(rows[0])
    keyless = rows[0].pk is None and model._meta.auto_field is not None
    columns = _columns(model, keyless)
    values = [_prepared(column, row, here) for row in rows for column in columns]
    return _insert(here.vendor, model, len(rows), keyless), values


class _Column(NamedTuple):
    """``plain``: texts, whole numbers and truths go to the database as they are."""

    field: Field
    attname: str
    plain: bool


_PLAIN = (CharField, TextField, IntegerField, BooleanField, ForeignKey)
_AS_THEY_ARE = {str, int, bool, type(None)}
_RETURNING = " RETURNING "


@lru_cache(maxsize=128)
def _columns(model: type[Model], keyless: bool) -> list[_Column]:
    fields = [f for f in model._meta.concrete_fields if not (keyless and f.primary_key)]
    return [
        _Column(f, f.attname, isinstance(f, _PLAIN) and type(f).pre_save is Field.pre_save)
        for f in fields
    ]


def _prepared(column: _Column, row: Model, here) -> Any:
    field, attname, plain = column
    if not plain:
        return field.get_db_prep_save(field.pre_save(row, True), here)
    value = getattr(row, attname)
    if type(value) in _AS_THEY_ARE:
        return value
    return field.get_db_prep_save(value, here)


@lru_cache(maxsize=256)
def _insert(vendor: str, model: type[Model], count: int, keyless: bool) -> str:
    meta, quote = model._meta, connection.ops.quote_name
    fields = [column.field for column in _columns(model, keyless)]
    names = ", ".join(quote(field.column) for field in fields)
    row = f"({', '.join(['%s'] * len(fields))})"
    places = ", ".join([row] * count)
    sql = f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES {places}"  # noqa: S608
    return sql + (f"{_RETURNING}{quote(meta.pk.column)}" if keyless else "")
