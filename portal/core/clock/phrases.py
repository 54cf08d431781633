"""The sentences of an explanation. Names, reasons and legal bases go in as they were written."""

PHRASES = {
    "es": {
        "filed": "Presentada el {day}",
        "notified": "Notificada el {day}",
        "not_business": "ese día es inhábil",
        "after_hours": "llegó fuera del horario de oficina",
        "received": "; como {why}, se tiene por recibida el {day}.",
        "effect": "Surte efectos el {day}.",
        "term": "El plazo es de {amount} y empieza a contar el {day}.",
        "term_months": "El plazo es de {amount}, de fecha a fecha desde el {day}.",
        "term_hours": "El plazo es de {amount} a partir de ese momento.",
        "skipped": "No cuentan: {items}.",
        "term_every_day": ("El plazo es de {amount}, que se cuentan todos, a partir del {day}."),
        "skipped_before": "Antes de empezar no cuentan, por inhábiles: {items}.",
        "enabled": "Sí cuentan, porque se habilitaron: {items}.",
        "range": "del {first} al {last}",
        "pause_suspende": (
            "El plazo se suspende el {day}; con la respuesta del {reply},"
            " la cuenta sigue el {back}."
        ),
        "pause_interrumpe": (
            "El plazo se interrumpe el {day}; con la respuesta del {reply},"
            " la cuenta empieza de nuevo el {back}."
        ),
        "extension": "Se prorroga {amount}.",
        "rolled": "El último día cae en día inhábil, {day}, y se recorre al siguiente día hábil.",
        "no_such_day": (
            "Ese mes no tiene el mismo número de día,"
            " así que el plazo termina el primer día hábil del mes siguiente."
        ),
        "due": "Vence el {day}.",
        "held_suspende": (
            "El plazo está suspendido desde el {day}: van {used} y quedan {left}."
            " La cuenta sigue cuando llegue la respuesta."
        ),
        "held_interrumpe": (
            "El plazo está interrumpido desde el {day}:"
            " el plazo completo empieza de nuevo cuando llegue la respuesta."
        ),
        "warning": (
            "Aviso: falta cargar el calendario de días inhábiles de {years};"
            " la fecha puede cambiar."
        ),
    },
    "en": {
        "filed": "Filed on {day}",
        "notified": "Notified on {day}",
        "not_business": "that is not a business day",
        "after_hours": "it arrived after office hours",
        "received": "; because {why}, it is held as received on {day}.",
        "effect": "It takes effect on {day}.",
        "term": "The time limit is {amount} and the count starts on {day}.",
        "term_months": "The time limit is {amount}, from date to date since {day}.",
        "term_hours": "The time limit is {amount} from that moment.",
        "skipped": "These days do not count: {items}.",
        "term_every_day": "The time limit is {amount}, every day counted, from {day}.",
        "skipped_before": "Before the start, not business days: {items}.",
        "enabled": "These days do count, because they were made business days: {items}.",
        "range": "{first} to {last}",
        "pause_suspende": (
            "The count stops on {day}; with the reply of {reply}, it goes on on {back}."
        ),
        "pause_interrumpe": (
            "The count is interrupted on {day}; with the reply of {reply},"
            " it starts again from zero on {back}."
        ),
        "extension": "It is extended by {amount}.",
        "rolled": (
            "The last day is not a business day, {day}, so it moves to the next business day."
        ),
        "no_such_day": (
            "That month has no day with the same number,"
            " so the time limit ends on the first business day of the following month."
        ),
        "due": "Due on {day}.",
        "held_suspende": (
            "The count is on hold since {day}: {used} used and {left} left."
            " It goes on when the reply arrives."
        ),
        "held_interrumpe": (
            "The count is interrupted since {day}:"
            " the whole time limit starts again when the reply arrives."
        ),
        "warning": (
            "Note: the calendar of non-business days of {years} is not loaded yet;"
            " the date may change."
        ),
    },
}
