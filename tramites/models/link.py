from django.db import models
from django.utils.translation import gettext_lazy as _

from .peticion import Peticion


class Vinculo(models.Model):
    """
    Where a petition went on outside its own procedure, as it stood at a moment.

    What has it says what it is (``clase``, ``clave``), how it is called and how it goes; each step
    is another row, and the last of a ``clave`` is how it stands. Texts are what is shown as they
    are: of the citizen's language the row has both.
    """

    peticion = models.ForeignKey(Peticion, on_delete=models.PROTECT, related_name="vinculos")
    clase = models.SlugField(_("clase"), max_length=40)
    clave = models.CharField(_("clave"), max_length=60)
    titulo = models.CharField(_("título"), max_length=300)
    texto = models.CharField(_("cómo va"), max_length=400)
    texto_en = models.CharField(_("cómo va, en inglés"), max_length=400)
    url = models.CharField(_("dirección en el tablero"), max_length=200, blank=True)
    url_publica = models.CharField(_("dirección pública"), max_length=200, blank=True)
    creado_en = models.DateTimeField()

    class Meta:
        verbose_name = _("vínculo de una petición")
        verbose_name_plural = _("vínculos de peticiones")
        ordering = ["pk"]
        indexes = [models.Index(fields=["clase", "clave"], name="link_by_key")]

    def __str__(self) -> str:
        return f"{self.clase}:{self.clave}"

    def said(self, language: str) -> str:
        """How it goes, in the reader's language (``es`` or ``en``)."""
        return self.texto_en if language.startswith("en") else self.texto
