"""The catalogue, the places and the routing table move the edition of the reference data."""

from django.db import migrations

from portal.core.edition import watch


class Migration(migrations.Migration):
    dependencies = [("tramites", "0003_pet_channel_recent"), ("core", "0003_edition_of_rules")]

    operations = [
        watch(
            "tramites_tema",
            "tramites_servicio",
            "tramites_pregunta",
            "tramites_zona",
            "tramites_colonia",
            "tramites_reglaturno",
        ),
    ]
