"""The newest cases of a channel: history comes by one, so those of the others are few."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tramites", "0002_busqueda")]

    operations = [
        migrations.AddIndex(
            model_name="peticion",
            index=models.Index(fields=["canal", "-recibida_en", "-id"], name="pet_channel_recent"),
        ),
    ]
