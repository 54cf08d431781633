"""The certification of a copy: a document with the copy inside, signed by whoever certifies."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.constants import Rol
from portal.accounts.policies import StaffPolicy
from portal.accounts.selectors import people_with_role
from portal.core.errors import ConflictError
from portal.core.events import publish
from portal.core.time import local_date
from portal.documents.constants import ClaseArchivo
from portal.documents.models import ArchivoDocumento, Documento
from portal.documents.services import Issue, issue_to_sign
from portal.documents.snapshot import grouped
from portal.documents.stored import open_whole

from ..constants import COTEJO_WORDS, EstadoCopia
from ..models import SolicitudCopia
from .base import described, open_copy, save_copy
from .events import CopyCertified, CopyReturned, CopySentToSign

_E = EstadoCopia


def signer_for_certifications(day: dt.date):
    """Who certifies: whoever heads the Secretaría on that day; ``None`` if nobody does."""
    return people_with_role(Rol.SECRETARIA, on=day).first()


@transaction.atomic
def certify_copy(
    *, copia_id: int, actor, now: dt.datetime, cambios: int | None = None
) -> SolicitudCopia:
    """
    Write the certification with its copy inside and leave it to whoever certifies to sign.

    :raises ConflictError: it is not paid for, or nobody heads the Secretaría.
    :raises UnavailableError: there is no time or room to prepare it now.
    """
    row = open_copy("certify", copia_id, actor, cambios, _E.LISTA)
    signer = signer_for_certifications(local_date(now))
    if signer is None:
        raise ConflictError(_("Nadie tiene hoy el cargo que certifica."), code="sin_titular")
    open_whole(row.ruta, sha256=row.sha256)
    # The row keeps its last certification, so a second one has an origin of its own.
    origin = f"copia:{row.pk}:{row.cambios}"
    documento = issue_to_sign(issue=_issue(row, origin, signer), actor=actor, now=now)
    ArchivoDocumento.objects.create(
        documento=documento,
        clase=ClaseArchivo.COPIA,
        ruta=row.ruta,
        nombre=f"{row.folio}.pdf",
        tamano=row.tamano,
        sha256=row.sha256,
        creado_en=now,
    )
    row.certificacion, row.estado = documento, _E.EN_FIRMA
    save_copy(row)
    publish(CopySentToSign(copia_id=row.pk, certificacion_id=documento.pk), actor=actor, now=now)
    return row


def _issue(row: SolicitudCopia, origin: str, signer) -> Issue:
    original = row.documento
    what = described(original) if original else row.descripcion
    return Issue(
        tipo="certificacion",
        origen=origin,
        dependencia_id=_office(signer),
        asunto=_("Copia certificada de %(what)s") % {"what": what[:250]},
        destinatario=row.solicitante,
        confidencial=bool(original and original.confidencial),
        firmantes={"secretaria": signer.pk},
        datos={
            "solicitante": row.solicitante,
            "fecha_solicitud": local_date(row.creada_en).isoformat(),
            "folio_solicitud": row.folio,
            "documento": what,
            "cotejo": COTEJO_WORDS[row.cotejo],
            "alcance": "parcial" if row.parcial else "íntegra",
            "pagina_de": min(row.paginas),
            "pagina_a": max(row.paginas),
            "paginas_total": len(row.paginas),
            "libro": row.libro,
            "foja": row.foja,
        },
        extra={"copia": _inside(row), "hechos": _facts(row)},
    )


def _office(signer) -> int:
    """The office in whose name the certification goes."""
    return min(StaffPolicy(signer).offices_as(Rol.SECRETARIA))


def _inside(row: SolicitudCopia) -> dict:
    """What the pages that go inside are, for the text to be bound to their hash."""
    notice = _("Concuerda con lo que se tuvo a la vista; véase la primera hoja.")
    if row.documento is not None:
        notice = _("Las firmas electrónicas del original se verifican con su código %(code)s.")
        notice %= {"code": grouped(row.documento.codigo)}
    return {
        "ruta": row.ruta,
        "sha256": row.sha256,
        "paginas": row.paginas,
        "aviso": notice,
    }


def _facts(row: SolicitudCopia) -> list[list[str]]:
    """The index of pages, the fee and the hash, below the text."""
    paid = _("Exenta: %(why)s") % {"why": row.exencion}
    if row.recibo:
        paid = _("Recibo %(n)s, $%(sum)s") % {"n": row.recibo, "sum": f"{row.importe:,.2f}"}
    return [
        [_("Páginas del original"), pages_words(row.paginas)],
        [_("El original tiene"), _("%(n)s páginas") % {"n": row.paginas_total}],
        [_("Tantos"), str(row.tantos)],
        [_("Derechos"), paid],
        [_("Huella del original"), row.original_sha256],
    ]


def pages_words(pages: list[int]) -> str:
    """«1-3, 5» from the numbers."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


@transaction.atomic
def take_certified(*, documento: Documento, actor, now: dt.datetime) -> None:
    """Its certification was signed; does nothing for a document that is none."""
    row = _of_certification(documento)
    if row is None or row.estado != _E.EN_FIRMA:
        return
    row.estado = _E.CERTIFICADA
    save_copy(row)
    event = CopyCertified(copia_id=row.pk, certificacion_id=documento.pk, folio=documento.folio)
    publish(event, actor=actor, now=now)


@transaction.atomic
def take_back_certification(*, documento: Documento, actor, now: dt.datetime) -> None:
    """Its certification was left without effect: the request waits for another one."""
    row = _of_certification(documento)
    if row is None:
        return
    row.estado, row.certificacion = _E.LISTA, None
    row.entregada_a, row.entregada_en = "", None
    save_copy(row)
    publish(CopyReturned(copia_id=row.pk, certificacion_id=documento.pk), actor=actor, now=now)


def _of_certification(documento: Documento) -> SolicitudCopia | None:
    return SolicitudCopia.objects.select_for_update().filter(certificacion=documento).first()
