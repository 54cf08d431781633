"""The acts of a document's page: the address of each, its words, its form and its service."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.documents import services
from portal.documents.constants import (
    IN_FORCE_STATES,
    REVIEW_STATES,
    EstadoDocumento,
    EtapaRevision,
)
from portal.documents.models import Documento
from portal.documents.policies import DocumentoPolicy

from . import forms

_E = EstadoDocumento
Words = str | Promise
UNSIGNED = (_E.BORRADOR, *REVIEW_STATES, _E.LISTO, _E.EN_FIRMA)


@dataclass(frozen=True)
class Act:
    """
    An act as the page of a document offers it.

    ``action`` is its name in the policy, ``states`` those that admit it. ``stage`` is the stage of
    the review that must wait for the person. ``warning`` says what cannot be undone.
    """

    slug: str
    action: str
    states: tuple[str, ...]
    label: Words
    icon: str
    form: type[forms.ActForm]
    service: Callable
    done: Words
    button: Words
    help: Words = ""
    warning: Words = ""
    danger: bool = False
    main: bool = True
    primary: bool = False
    stage: str = ""
    unsigned: bool = False


ACTS = (
    Act(
        "revision",
        "edit",
        (_E.BORRADOR,),
        _("Enviar a revisión"),
        "turnar",
        forms.SubmitForm,
        services.submit_documento,
        done=_("El documento se envió."),
        button=_("Enviar"),
        help=_(
            "Elija hasta 20 personas; lo revisan todas a la vez. Si no elige a nadie, pasa al"
            " siguiente paso sin revisión."
        ),
        primary=True,
    ),
    Act(
        "aprobar",
        "review",
        (_E.EN_REVISION,),
        _("Aprobar"),
        "listo",
        forms.ApproveForm,
        services.approve_review,
        done=_("Aprobó el documento."),
        button=_("Aprobar esta versión"),
        primary=True,
        stage=EtapaRevision.REVISION,
    ),
    Act(
        "visto-bueno",
        "review",
        (_E.VISTO_BUENO,),
        _("Dar visto bueno"),
        "balanza",
        forms.ApproveForm,
        services.approve_review,
        done=_("Dio el visto bueno jurídico."),
        button=_("Dar el visto bueno"),
        warning=_("El texto queda listo para firma y ya no cambia, salvo que alguien lo devuelva."),
        primary=True,
        stage=EtapaRevision.VISTO_BUENO,
    ),
    Act(
        "firma",
        "edit",
        (_E.LISTO,),
        _("Enviar a firma"),
        "turnar",
        forms.ActForm,
        services.send_to_sign,
        done=_("El documento se envió a firma."),
        button=_("Enviar a firma"),
        help=_("Se avisa por correo a quien firma; si las firmas van en orden, una por una."),
        primary=True,
    ),
    Act(
        "comentar",
        "comment",
        (_E.BORRADOR, *REVIEW_STATES),
        _("Comentar"),
        "nota",
        forms.CommentForm,
        services.comment_documento,
        done=_("Su comentario quedó en el documento."),
        button=_("Guardar el comentario"),
    ),
    Act(
        "devolver",
        "send_back",
        (*REVIEW_STATES, _E.LISTO, _E.EN_FIRMA),
        _("Devolver"),
        "devolver",
        forms.ReturnForm,
        services.return_documento,
        done=_("El documento volvió a borrador y empieza una versión nueva."),
        button=_("Devolver a borrador"),
        help=_("Vuelve a quien lo redacta y empieza una versión nueva, igual a ésta."),
        warning=_("Las revisiones pendientes quedan sin efecto."),
        unsigned=True,
    ),
    Act(
        "publicar",
        "publish",
        (_E.FIRMADO, _E.NOTIFICADO),
        _("Publicar"),
        "megafono",
        forms.ActForm,
        services.publish_documento,
        done=_("El documento es público."),
        button=_("Publicar"),
        warning=_(
            "Cualquiera que tenga su código podrá leerlo completo. Quien ya lo haya leído no lo"
            " olvida: no se puede deshacer."
        ),
    ),
    Act(
        "cancelar",
        "cancel",
        (*UNSIGNED, *IN_FORCE_STATES),
        _("Cancelar"),
        "basura",
        forms.ReasonForm,
        services.cancel_documento,
        done=_("El documento quedó sin efecto."),
        button=_("Cancelar el documento"),
        warning=_(
            "Queda sin efecto para siempre. Si ya tiene folio, éste no se vuelve a usar y la página"
            " de verificación dirá que se canceló. No se puede deshacer."
        ),
        danger=True,
        main=False,
    ),
)

BY_SLUG = {act.slug: act for act in ACTS}


def admitted(act: Act, documento: Documento, policy: DocumentoPolicy) -> bool:
    """Whether the state of the document admits the act now (not whether the person may)."""
    if documento.estado not in act.states:
        return False
    if act.unsigned and documento.firmas.exists():
        return False
    if act.action == "publish" and documento.publicado_en is not None:
        return False
    if act.stage:
        mine = policy.my_review(documento)
        return mine is not None and mine.etapa == act.stage
    return True


def offered(documento: Documento, policy: DocumentoPolicy) -> list[Act]:
    """The acts a person may do to the document as it stands, in the order of the page."""
    return [
        act
        for act in ACTS
        if documento.estado in act.states
        and getattr(policy, f"can_{act.action}")(documento)
        and admitted(act, documento, policy)
    ]
