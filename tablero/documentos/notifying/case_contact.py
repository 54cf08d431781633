"""What the person gave with the case that a document belongs to, to be notified there."""

import datetime as dt

from django.utils.translation import gettext as _

from portal.core.time import local_date
from portal.documents.constants import MedioNotificacion
from portal.documents.models import Documento
from tramites.models import Peticion
from tramites.papers import case_of
from tramites.policies import PeticionPolicy
from tramites.services.person import reveal_person


def contact_of_case(documento: Documento, *, actor, now: dt.datetime | None = None) -> dict | None:
    """
    First values for an order; ``None`` if it is of no case, or its person is not theirs to know.

    Without ``now`` only whether there are any is told, and nothing is read: the answer is empty.
    With it, that ``actor`` looked is left on the record of the case.
    """
    found = _case(documento, actor)
    if found is None:
        return None
    if now is None:
        return {}
    reveal_person(peticion=found, actor=actor, now=now)
    return _values(found)


def _case(documento: Documento, actor) -> Peticion | None:
    pk = case_of(documento.origen)
    if pk is None:
        return None
    policy = PeticionPolicy(actor)
    found = policy.visible().filter(pk=pk, solicitante__isnull=False).first()
    return found if found is not None and policy.can_see_person(found) else None


def _values(peticion: Peticion) -> dict:
    person = peticion.solicitante
    values = {"destinatario": person.nombre, "domicilio": person.domicilio}
    if person.acepta_electronico and person.correo and person.correo_verificado_en:
        day = local_date(peticion.recibida_en)
        values |= {
            "medio": MedioNotificacion.ELECTRONICA,
            "correo": person.correo,
            "consentimiento": _("Lo aceptó al presentar el asunto %(folio)s, el %(day)s")
            % {"folio": peticion.folio, "day": f"{day:%d/%m/%Y}"},
        }
    return {name: value for name, value in values.items() if value}
