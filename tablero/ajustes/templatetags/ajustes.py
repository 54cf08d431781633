"""Words for the facts that the settings pages list."""

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

FACTS = {
    "RulePublished": _("Versión publicada"),
    "PersonCreated": _("Cuenta abierta"),
    "PersonChanged": _("Datos corregidos"),
    "PersonRetired": _("Cuenta dada de baja"),
    "PersonRestored": _("Cuenta activada de nuevo"),
    "TemporaryPasswordSet": _("Contraseña temporal"),
    "SecondFactorRemoved": _("Segundo factor retirado"),
    "PostGiven": _("Cargo asignado"),
    "PostEnded": _("Cargo terminado"),
    "SubstitutionBegun": _("Suplencia"),
    "SubstitutionEnded": _("Suplencia terminada"),
    "ApiTokenIssued": _("Ficha de la API creada"),
    "ApiTokenRevoked": _("Ficha de la API revocada"),
    "OfficeCreated": _("Dependencia creada"),
    "OfficeChanged": _("Dependencia modificada"),
    "ServiceChanged": _("Servicio modificado"),
    "ThemeChanged": _("Tema modificado"),
    "QuestionChanged": _("Pregunta modificada"),
    "QuestionRemoved": _("Pregunta quitada"),
    "RoutingChanged": _("Regla de turno modificada"),
}


@register.filter
def hecho(event_type: str):
    """The words of an event type; the type itself when nobody gave it any."""
    return FACTS.get(event_type, event_type)


@register.filter
def veces(number: int) -> range:
    """So many turns of a loop."""
    return range(number)
