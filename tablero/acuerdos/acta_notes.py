"""What an acta says of the acuerdos that came of a vote."""

from django.utils.translation import gettext as _

from .models import Acuerdo


def notes_for(votes: list[int]) -> dict[int, str]:
    """The number of the acuerdo each vote made; one query."""
    rows = Acuerdo.objects.filter(votacion_id__in=votes).values_list("votacion_id", "folio")
    return {pk: _("Se tomó el acuerdo %(folio)s.") % {"folio": folio} for pk, folio in rows}
