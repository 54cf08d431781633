"""Rules have a kind: besides terms, a room may rule by quorums, majorities or notices."""

from django.db import migrations, models

from portal.core.edition import rewatch


class Migration(migrations.Migration):
    dependencies = [("core", "0003_edition_of_rules")]

    operations = [
        migrations.AddField(
            model_name="reglajuridica",
            name="clase",
            field=models.CharField(default="plazo", max_length=20, verbose_name="clase"),
        ),
        migrations.AlterField(
            model_name="reglajuridica",
            name="valor",
            field=models.JSONField(verbose_name="valor"),
        ),
        rewatch("core_reglajuridica"),
    ]
