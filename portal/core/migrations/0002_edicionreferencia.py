"""The edition of the reference data; see ``portal.core.edition``."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="EdicionReferencia",
            fields=[
                ("clave", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("edicion", models.CharField(max_length=36)),
            ],
            options={
                "verbose_name": "edición de los datos de referencia",
                "verbose_name_plural": "ediciones de los datos de referencia",
            },
        ),
    ]
