"""Documents that an act of the house issues by itself: receipts, answers, corrections."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from portal.core.events import publish

from ..builtin import builtin_kind
from ..events import SigningBegun
from ..models import Documento, PlantillaDocumento, TipoDocumento
from ..rendering import layout_source
from .base import save_documento
from .credentials import Credentials
from .drafting import Draft, create_documento, current_version
from .freezing import freeze_documento
from .review import require_complete
from .signing import sign_documento
from .templates import Template, template_hash


@dataclass(frozen=True, kw_only=True)
class Issue:
    """
    What is issued. ``origen`` names what for, once each; ``extra`` is data for the layout.

    ``firmantes`` maps a signatory of the template to a person's id, and ``cargos`` to the post they
    sign with where the template's own is not it.
    """

    tipo: str
    origen: str
    dependencia_id: int
    asunto: str
    datos: Mapping[str, object]
    destinatario: str = ""
    confidencial: bool = False
    firmantes: Mapping[str, int] | None = None
    cargos: Mapping[str, str] | None = None
    extra: dict = field(default_factory=dict)
    folio: str = ""


@transaction.atomic
@sensitive_variables("credentials")
def issue_signed(*, issue: Issue, credentials: Credentials, actor, now: dt.datetime) -> Documento:
    """
    Write, freeze and sign a document in the very act that issues it, by whoever does the act.

    :raises InvalidInputError: a field of the kind, the password or the pair is not good.
    :raises ConflictError: something was issued for the same ``origen`` before.
    """
    known = issued_for(issue.origen)
    if known is not None:
        return known
    documento = issue_to_sign(issue=issue, actor=actor, now=now, asking=False)
    sign_documento(documento_id=documento.pk, credentials=credentials, actor=actor, now=now)
    documento.refresh_from_db()
    return documento


@transaction.atomic
def issue_to_sign(*, issue: Issue, actor, now: dt.datetime, asking: bool = True) -> Documento:
    """
    Write and freeze a document and leave it in the hands of its signatories, without review.

    The same ``origen`` gives the document issued before. ``asking`` tells the signatories; not so
    when the signature follows in the same act.

    :raises InvalidInputError: a field of the kind or a signatory is missing or wrong.
    """
    known = issued_for(issue.origen)
    if known is not None:
        return known
    documento = _written(issue, actor, now)
    freeze_documento(documento, current_version(documento), actor=actor, now=now)
    documento.send_to_sign()
    documento.firmantes.update(vence=documento.vence_etapa)
    save_documento(documento, now=now)
    if asking:
        people = tuple(documento.firmantes.values_list("usuario_id", flat=True))
        event = SigningBegun(documento_id=documento.pk, firmantes=people)
        publish(event, actor=actor, now=now)
    return documento


def issued_for(origen: str) -> Documento | None:
    """The document that was issued for something, if any."""
    return Documento.objects.filter(origen=origen).select_related("tipo").first()


def _written(issue: Issue, actor, now: dt.datetime) -> Documento:
    kind = ensure_kind(issue.tipo, now=now)
    documento = create_documento(
        kind=kind,
        dependencia_id=issue.dependencia_id,
        draft=draft_of(issue),
        actor=actor,
        now=now,
        origen=issue.origen,
        extra=issue.extra,
    )
    require_complete(documento)
    return documento


def draft_of(issue: Issue) -> Draft:
    """What of an issue a person would have written."""
    return Draft(
        asunto=issue.asunto,
        destinatario=issue.destinatario,
        datos=issue.datos,
        confidencial=issue.confidencial,
        firmantes=issue.firmantes,
        cargos=issue.cargos,
    )


def ensure_kind(clave: str, *, now: dt.datetime) -> TipoDocumento:
    """
    The kind ``clave``; a built-in one is put in place the first time it is needed.

    :raises KeyError: there is no such built-in kind.
    """
    return TipoDocumento.objects.filter(clave=clave).first() or _put_in_place(clave, now)


@transaction.atomic
def _put_in_place(clave: str, now: dt.datetime) -> TipoDocumento:
    """The kind and its template, both or neither; of two at once the second finds the first's."""
    found = builtin_kind(clave)
    kind, made = TipoDocumento.objects.get_or_create(
        clave=clave, defaults=found.values | {"confidencial": found.confidencial}
    )
    if made:
        template = Template(
            **{name: value for name, value in found.template.items() if name != "layout"},
            diseno=layout_source(found.template["layout"]),
        )
        PlantillaDocumento.objects.create(
            tipo=kind,
            version=1,
            titulo=template.titulo,
            campos=template.campos,
            clausulas=template.clausulas,
            firmantes=template.firmantes,
            diseno=template.diseno,
            fundamento=template.fundamento,
            pie_de_recurso=template.pie_de_recurso,
            huella=template_hash(template),
            creada_en=now,
        )
    return kind
