"""The documents that acts owe and that are issued after them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_edition_of_offices"),
        ("tramites", "0004_edition_of_catalogue"),
    ]

    operations = [
        migrations.CreateModel(
            name="DocumentoPorEmitir",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("origen", models.CharField(max_length=80, unique=True)),
                ("tipo", models.SlugField(max_length=40)),
                ("asunto", models.CharField(max_length=300)),
                ("destinatario", models.CharField(max_length=300)),
                ("confidencial", models.BooleanField()),
                ("datos", models.JSONField()),
                ("creado_en", models.DateTimeField()),
                ("intentos", models.PositiveSmallIntegerField(default=0)),
                ("intentar_en", models.DateTimeField(db_index=True)),
                (
                    "dependencia",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.dependencia",
                    ),
                ),
                (
                    "peticion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documentos_por_emitir",
                        to="tramites.peticion",
                    ),
                ),
            ],
            options={
                "verbose_name": "documento por emitir",
                "verbose_name_plural": "documentos por emitir",
                "ordering": ["pk"],
            },
        ),
    ]
