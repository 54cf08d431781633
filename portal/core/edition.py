"""
The edition of the reference data: what a process compares before it trusts what it remembers.

Catalogue, offices, routing table, rules and calendar change a few times a month and are read at
every filing. Each process keeps what it read under the edition it read it in; triggers change the
edition in the very transaction that changes the data, so that all of them see both or neither.
An edition is drawn at random and never comes back: what was read in a transaction that was undone
can never be taken for true. It is read *before* the data: these may be newer than it says, never
older.
"""

from collections.abc import Iterable

from django.db import connection, migrations

KEY = "referencia"
_READ = "SELECT edicion FROM core_edicionreferencia WHERE clave = %s"


def current_edition() -> str | None:
    """The edition that stands, in one statement; ``None`` when nothing was loaded yet."""
    # By hand: it is asked at every filing, and the ORM would take five times as long to ask it.
    with connection.cursor() as cursor:
        cursor.execute(_READ, [KEY])
        row = cursor.fetchone()
    return row[0] if row else None


# what migrations call


def watch(*tables: str) -> migrations.RunPython:
    """The operation that makes every change of ``tables`` a new edition."""
    return migrations.RunPython(
        lambda apps, editor: _run(editor, tables, _CREATE),
        lambda apps, editor: _run(editor, tables, _DROP),
        elidable=False,
    )


def rewatch(*tables: str) -> migrations.RunPython:
    """As ``watch``, for tables that a change of their columns may have made anew (SQLite)."""

    def again(apps, editor) -> None:
        _run(editor, tables, _DROP)
        _run(editor, tables, _CREATE)

    return migrations.RunPython(again, again, elidable=False)


def _run(editor, tables: Iterable[str], statements: dict) -> None:
    for table in tables:
        for statement in statements[editor.connection.vendor]:
            for line in _per_event(statement):
                editor.execute(line.format(table=table, key=KEY))


def _per_event(statement: str) -> list[str]:
    """SQLite wants a trigger for each kind of change."""
    if "{event}" not in statement:
        return [statement]
    events = ("insert", "update", "delete")
    return [statement.replace("{event}", event) for event in events]


#: Two statements and no ``OR REPLACE``: the way the outer statement treats conflicts would win.
_SQLITE_BODY = """DELETE FROM core_edicionreferencia WHERE clave = '{key}';
    INSERT INTO core_edicionreferencia (clave, edicion)
    VALUES ('{key}', lower(hex(randomblob(16))));"""
_CREATE = {
    "sqlite": [
        "CREATE TRIGGER {table}_edition_{event} AFTER {event} ON {table} BEGIN "
        + _SQLITE_BODY
        + " END"
    ],
    "postgresql": [
        "CREATE TRIGGER {table}_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION core_new_edition('{key}')"
    ],
}
_DROP = {
    "sqlite": ["DROP TRIGGER IF EXISTS {table}_edition_{event}"],
    "postgresql": ["DROP TRIGGER IF EXISTS {table}_edition ON {table}"],
}
#: PostgreSQL's triggers call it.
FUNCTION = """CREATE FUNCTION core_new_edition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO core_edicionreferencia (clave, edicion)
    VALUES (TG_ARGV[0], gen_random_uuid()::text)
    ON CONFLICT (clave) DO UPDATE SET edicion = excluded.edicion;
    RETURN NULL;
END $$"""
