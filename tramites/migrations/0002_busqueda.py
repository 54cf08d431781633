"""Full-text index over ``busqueda``: FTS5 kept by triggers on SQLite, GIN on PostgreSQL."""

from django.db import migrations

SQLITE = (
    """CREATE VIRTUAL TABLE tramites_peticion_fts USING fts5(
        busqueda, content='tramites_peticion', content_rowid='id', prefix='2 3 4',
        detail='none', columnsize=0)""",
    """CREATE TRIGGER tramites_peticion_fts_insert AFTER INSERT ON tramites_peticion BEGIN
        INSERT INTO tramites_peticion_fts(rowid, busqueda) VALUES (new.id, new.busqueda);
    END""",
    """CREATE TRIGGER tramites_peticion_fts_delete AFTER DELETE ON tramites_peticion BEGIN
        INSERT INTO tramites_peticion_fts(tramites_peticion_fts, rowid, busqueda)
        VALUES ('delete', old.id, old.busqueda);
    END""",
    """CREATE TRIGGER tramites_peticion_fts_update AFTER UPDATE OF busqueda ON tramites_peticion
    WHEN old.busqueda IS NOT new.busqueda BEGIN
        INSERT INTO tramites_peticion_fts(tramites_peticion_fts, rowid, busqueda)
        VALUES ('delete', old.id, old.busqueda);
        INSERT INTO tramites_peticion_fts(rowid, busqueda) VALUES (new.id, new.busqueda);
    END""",
    "INSERT INTO tramites_peticion_fts(tramites_peticion_fts) VALUES ('rebuild')",
)
SQLITE_BACK = (
    "DROP TRIGGER tramites_peticion_fts_insert",
    "DROP TRIGGER tramites_peticion_fts_delete",
    "DROP TRIGGER tramites_peticion_fts_update",
    "DROP TABLE tramites_peticion_fts",
)
POSTGRESQL = (
    """CREATE INDEX tramites_peticion_fts ON tramites_peticion
    USING gin (to_tsvector('simple', busqueda))""",
)
POSTGRESQL_BACK = ("DROP INDEX tramites_peticion_fts",)


def create(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}[vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("tramites", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
