"""Where it happens: in words, with a neighbourhood, and on the map for those who can."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tramites.constants import Lugar
from tramites.places import locate

from .base import PublicForm, TextField, needed_here


class PlaceForm(PublicForm):
    """Street and reference, neighbourhood, or a point that must fall inside the municipality."""

    direccion = TextField(
        label=_("Calle y número"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    colonia = forms.ChoiceField(label=_("Colonia o barrio"), required=False)
    referencia = TextField(
        label=_("Referencia"),
        max_length=300,
        required=False,
        help_text=_("Por ejemplo: frente a la primaria, entre Mina y Allende, poste 0418."),
    )
    latitud = forms.FloatField(
        required=False, min_value=-90, max_value=90, widget=forms.HiddenInput
    )
    longitud = forms.FloatField(
        required=False, min_value=-180, max_value=180, widget=forms.HiddenInput
    )
    sin_direccion = forms.BooleanField(
        label=_("No sé la dirección"),
        required=False,
        help_text=_("Elija la colonia y describa el lugar en la página siguiente."),
    )

    def __init__(self, *args, servicio, colonias, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.servicio = servicio
        self.names = dict(colonias)
        self.fields["colonia"].choices = [("", _("Elija la colonia")), *self.names.items()]
        if servicio.lugar == Lugar.REQUERIDO:
            needed_here(self.fields["direccion"])
            needed_here(self.fields["colonia"])

    def clean(self) -> dict:
        """A neighbourhood that is not on the list has its own error already."""
        data = super().clean()
        self._clean_point(data)
        if self.servicio.lugar == Lugar.REQUERIDO and not self.errors:
            self._require_place(data)
        return data

    def _clean_point(self, data: dict) -> None:
        """A point outside the polygons is refused with the way out; half a point is none."""
        lon, lat = data.get("longitud"), data.get("latitud")
        if lon is None or lat is None:
            data["longitud"] = data["latitud"] = None
            return
        found = locate(lon, lat)
        if found and found[0] is not None:
            # The point is the more exact of the two, and decides for the office as well.
            data["colonia"] = found[0].clave
        if found is None:
            self.add_error(
                "direccion",
                _(
                    "El punto que marcó queda fuera del municipio. Mueva la marca o escriba la"
                    " dirección."
                ),
            )

    def _require_place(self, data: dict) -> None:
        if data.get("latitud") is not None:
            return
        if not data.get("direccion") and not data.get("sin_direccion"):
            self.add_error(
                "direccion", _("Escriba la calle y el número, o marque que no sabe la dirección.")
            )
        if not data.get("colonia") and "colonia" not in self.errors:
            self.add_error("colonia", _("Elija la colonia o el barrio."))
