"""Rules and calendar versions move the edition of the reference data."""

import uuid

from django.db import migrations

from portal.core.edition import FUNCTION, KEY, watch


def create(apps, schema_editor):
    """With a first edition, for what an install already holds."""
    editions = apps.get_model("core", "EdicionReferencia")
    editions.objects.create(clave=KEY, edicion=uuid.uuid4().hex)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION core_new_edition()")


class Migration(migrations.Migration):
    dependencies = [("core", "0002_edicionreferencia")]

    operations = [
        migrations.RunPython(create, drop),
        watch("core_reglajuridica", "core_calendarioversion"),
    ]
