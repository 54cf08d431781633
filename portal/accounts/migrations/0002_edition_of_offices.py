"""Offices move the edition of the reference data."""

from django.db import migrations

from portal.core.edition import watch


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial"), ("core", "0003_edition_of_rules")]

    operations = [watch("accounts_dependencia")]
