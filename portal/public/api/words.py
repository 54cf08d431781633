"""A state said to the citizen: where the case is and what comes next."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tramites.constants import Estado

_WORDS = {
    Estado.RECIBIDA: gettext_noop("La recibimos y estamos viendo a qué dependencia le toca."),
    Estado.TURNADA: gettext_noop("La enviamos a la dependencia que debe atenderla."),
    Estado.EN_ATENCION: gettext_noop("La dependencia la está atendiendo."),
    Estado.PREVENIDA: gettext_noop("Necesitamos que usted complete algo para poder seguir."),
    Estado.RESPONDIDA: gettext_noop("Ya hay respuesta. Si no está de acuerdo, puede decirlo."),
    Estado.CONCLUIDA: gettext_noop("Se respondió y el asunto terminó."),
    Estado.DESECHADA: gettext_noop("Se desechó; la resolución dice por qué."),
    Estado.NO_COMPETENTE: gettext_noop("Le toca a otra autoridad; le decimos a cuál."),
    Estado.ACUMULADA: gettext_noop("Se unió a otra petición sobre el mismo asunto."),
    Estado.CANCELADA: gettext_noop("Se canceló."),
    Estado.REABIERTA: gettext_noop("La revisa una autoridad superior a la que respondió."),
}


def state_words(estado: str) -> str:
    """One plain sentence for a state, in the active language."""
    return _(_WORDS[estado])
