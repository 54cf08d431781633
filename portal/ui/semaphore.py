"""The five readings of a clock: their shape and colour (tone) and their word."""

from django.utils.translation import gettext_lazy as _

TONES = {
    "en_tiempo": "ok",
    "por_vencer": "soon",
    "vencida": "late",
    "pausada": "hold",
    "terminada": "done",
}
LABELS = {
    "en_tiempo": _("A tiempo"),
    "por_vencer": _("Por vencer"),
    "vencida": _("Vencida"),
    "pausada": _("En pausa"),
    "terminada": _("Terminada"),
}
#: Fixed order of every bar: where hues come close (grey print), place still tells.
ORDER = ("vencida", "por_vencer", "en_tiempo", "pausada")
