"""What every act on a request for a copy begins and ends with."""

from django.utils.translation import gettext as _

from portal.core.clock.wording import full_date
from portal.core.errors import ConflictError, NotFoundError
from portal.core.time import local_date
from portal.documents.constants import EstadoDocumento
from portal.documents.models import Documento

from ..models import SolicitudCopia
from .policies import CopiaPolicy


def open_copy(
    action: str, copia_id: int, actor, cambios: int | None, *states: str
) -> SolicitudCopia:
    """
    Lock the request, ask the policy, and make sure that it is as the person saw it.

    :raises ConflictError: it changed, or its state does not admit the act.
    """
    rows = SolicitudCopia.objects.select_for_update().filter(pk=copia_id)
    row = rows.first()
    if row is None:
        raise NotFoundError(_("No encontramos esa solicitud de copia."))
    CopiaPolicy(actor).require(action, row)
    if cambios is not None and cambios != row.cambios:
        raise ConflictError(
            _("La solicitud cambió mientras usted la veía. Revísela otra vez: nada se guardó."),
            code="version_anterior",
            cambios=row.cambios,
        )
    if row.estado not in states:
        line = _("La solicitud está en «%(state)s»: este acto ya no procede.")
        raise ConflictError(line % {"state": row.get_estado_display()}, code="estado_no_admite")
    return row


def save_copy(row: SolicitudCopia) -> None:
    """Write it with its next number of changes."""
    row.cambios += 1
    row.save()


def described(documento: Documento) -> str:
    """A document of the house in the words of a certification, with whether it still holds."""
    text = _("%(kind)s %(folio)s, del %(day)s") % {
        "kind": documento.tipo,
        "folio": documento.folio,
        "day": full_date(local_date(documento.firmado_en)),
    }
    if documento.estado == EstadoDocumento.SUSTITUIDO:
        return _("%(what)s, que fue sustituido") % {"what": text}
    if documento.estado == EstadoDocumento.CANCELADO:
        return _("%(what)s, que quedó sin efecto") % {"what": text}
    return text
