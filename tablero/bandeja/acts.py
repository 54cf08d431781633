"""The acts of a case page: the address of each, its words, its form and the service it calls."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tramites import services

from . import forms

Words = str | Promise


@dataclass(frozen=True)
class Act:
    """
    An act as the case page offers it.

    ``action`` is its name in the policy. ``versioned`` acts are refused when the case changed
    since the form was opened. ``warning`` says what cannot be undone.
    """

    slug: str
    action: str
    label: Words
    icon: str
    form: type[forms.ActForm]
    service: Callable
    done: Words
    button: Words
    help: Words = ""
    warning: Words = ""
    danger: bool = False
    versioned: bool = True
    main: bool = True
    primary: bool = False


ACTS = (
    Act(
        "atender",
        "accept",
        _("Atender"),
        "persona",
        forms.AcceptForm,
        services.accept_peticion,
        done=_("El asunto %(folio)s está en atención."),
        button=_("Tomar el asunto"),
        primary=True,
    ),
    Act(
        "responder",
        "answer",
        _("Responder"),
        "editar",
        forms.AnswerForm,
        services.answer_peticion,
        done=_("Se respondió el asunto %(folio)s y se avisó a la persona."),
        button=_("Enviar la respuesta"),
        help=_("Detiene el plazo y avisa a la persona por los medios que dejó."),
        primary=True,
    ),
    Act(
        "prevenir",
        "request_correction",
        _("Prevenir"),
        "pausa",
        forms.CorrectionForm,
        services.request_correction,
        done=_("Se pidió completar el asunto %(folio)s; el plazo quedó en pausa."),
        button=_("Pedir que complete"),
        help=_("Pide a la persona lo que falta. Procede una sola vez y dentro del primer tercio."),
    ),
    Act(
        "desahogar",
        "receive_correction",
        _("Recibir lo que faltaba"),
        "listo",
        forms.ReceiveForm,
        services.receive_correction,
        done=_("Se recibió lo que faltaba del asunto %(folio)s; el plazo corre otra vez."),
        button=_("Registrar lo recibido"),
        versioned=False,
        primary=True,
    ),
    Act(
        "prorrogar",
        "extend",
        _("Prorrogar"),
        "reloj",
        forms.ExtendForm,
        services.extend_term,
        done=_("Se amplió el plazo del asunto %(folio)s."),
        button=_("Ampliar el plazo"),
        warning=_("Sólo puede ampliarse una vez, y se le avisa a la persona."),
    ),
    Act(
        "turnar",
        "assign",
        _("Turnar"),
        "turnar",
        forms.AssignForm,
        services.assign_peticion,
        done=_("Se turnó el asunto %(folio)s."),
        button=_("Turnar"),
    ),
    Act(
        "devolver",
        "return_to_desk",
        _("Devolver a la mesa"),
        "devolver",
        forms.ReasonForm,
        services.return_peticion,
        done=_("El asunto %(folio)s volvió a la mesa de turno."),
        button=_("Devolver"),
        main=False,
    ),
    Act(
        "orientar",
        "declare_not_competent",
        _("Orientar a otra autoridad"),
        "enlace",
        forms.OrientForm,
        services.declare_not_competent,
        done=_("Se orientó a la persona del asunto %(folio)s."),
        button=_("Declarar la no competencia"),
        warning=_("Termina el asunto aquí. No se puede deshacer."),
        danger=True,
        main=False,
    ),
    Act(
        "acumular",
        "merge",
        _("Acumular"),
        "acumular",
        forms.MergeForm,
        services.merge_peticion,
        done=_("El asunto %(folio)s quedó acumulado."),
        button=_("Acumular"),
        warning=_("Este asunto termina y sigue en el otro. No se puede deshacer."),
        danger=True,
        main=False,
    ),
    Act(
        "desechar",
        "dismiss",
        _("Desechar"),
        "cerrar",
        forms.DismissForm,
        services.dismiss_peticion,
        done=_("Se desechó el asunto %(folio)s y se avisó a la persona."),
        button=_("Desechar el asunto"),
        warning=_("Termina el asunto sin resolverlo. No se puede deshacer."),
        danger=True,
        main=False,
    ),
    Act(
        "concluir",
        "conclude",
        _("Concluir"),
        "listo",
        forms.ActForm,
        services.conclude_peticion,
        done=_("El asunto %(folio)s está concluido."),
        button=_("Concluir"),
        warning=_("Hágalo si la persona está conforme. Después ya no podrá inconformarse."),
    ),
    Act(
        "reabrir",
        "reopen",
        _("Reabrir"),
        "repetir",
        forms.ReopenForm,
        services.reopen_peticion,
        done=_("El asunto %(folio)s se reabrió."),
        button=_("Reabrir"),
        versioned=False,
    ),
    Act(
        "cancelar",
        "cancel",
        _("Cancelar"),
        "basura",
        forms.ReasonForm,
        services.cancel_peticion,
        done=_("Se canceló el asunto %(folio)s."),
        button=_("Cancelar el asunto"),
        warning=_("Sólo si la persona lo pide o se capturó por error. No se puede deshacer."),
        danger=True,
        main=False,
    ),
    Act(
        "nota",
        "note",
        _("Nota interna"),
        "nota",
        forms.NoteForm,
        services.add_note,
        done=_("Se agregó la nota al asunto %(folio)s."),
        button=_("Guardar la nota"),
        versioned=False,
    ),
    Act(
        "evidencia",
        "attach",
        _("Agregar archivos"),
        "adjunto",
        forms.EvidenceForm,
        services.attach_evidence,
        done=_("Se agregaron los archivos al asunto %(folio)s."),
        button=_("Agregar"),
        versioned=False,
        main=False,
    ),
    Act(
        "pin",
        "reset_pin",
        _("Dar un PIN nuevo"),
        "llave",
        forms.ActForm,
        services.reset_pin,
        done=_("El asunto %(folio)s tiene PIN nuevo."),
        button=_("Generar el PIN"),
        help=_("El PIN anterior y los enlaces enviados antes dejan de servir."),
        versioned=False,
        main=False,
    ),
)

BY_SLUG = {act.slug: act for act in ACTS}


def offered(allowed: list[str]) -> list[Act]:
    """The acts a case page offers, in the order of the page."""
    return [act for act in ACTS if act.action in allowed]
