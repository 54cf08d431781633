from django.db import models
from django.utils.translation import gettext_lazy as _


class EdicionReferencia(models.Model):
    """
    Which edition of the reference data stands in the database.

    Triggers of the tables it is made of (``portal.core.edition``) give ``edicion`` a value never
    used before, in the transaction that changes them, whoever does it and by whatever way.
    """

    clave = models.CharField(max_length=20, primary_key=True)
    edicion = models.CharField(max_length=36)

    class Meta:
        verbose_name = _("edición de los datos de referencia")
        verbose_name_plural = _("ediciones de los datos de referencia")

    def __str__(self) -> str:
        return f"{self.clave}: {self.edicion}"
