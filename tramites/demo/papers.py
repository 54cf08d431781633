"""
The documents of the demo: those of its last days, since sealing all of them takes minutes.

The people of the demo sign with their published password, where the install has an authority.
"""

import datetime as dt
from collections.abc import Callable

from django_tasks_db.models import DBTaskResult

from portal.documents.sealing import can_seal
from portal.documents.services import Credentials
from tramites import services
from tramites.models import DocumentoPorEmitir, Peticion
from tramites.papers import is_formal
from tramites.services.attention import record_past_answer
from tramites.tasks import issue_owed_document

from .accounts import demo_password

SIGNED_DAYS = dt.timedelta(days=45)
MOST_SIGNED = 8
MOST_OWED = 12


class Papers:
    """Which answers of the demo are signed as it is loaded, and which documents it still owes."""

    def __init__(self, *, now: dt.datetime) -> None:
        self.since = now - SIGNED_DAYS
        self.left = MOST_SIGNED if can_seal() else 0

    def answering(self, peticion: Peticion, moment: dt.datetime) -> tuple[Callable, dict]:
        """The service by which a case is answered, and what it needs besides."""
        if not is_formal(peticion):
            return services.answer_peticion, {}
        if not self.left or moment < self.since:
            return record_past_answer, {}
        self.left -= 1
        credentials = Credentials(contrasena=demo_password())
        return services.answer_peticion, {"credenciales": credentials}


def settle_papers() -> None:
    """Of what the demo's acts owe, leave the newest to be issued once the house is open."""
    newest = DocumentoPorEmitir.objects.order_by("-creado_en", "-pk").values("pk")[:MOST_OWED]
    DocumentoPorEmitir.objects.exclude(pk__in=list(newest.values_list("pk", flat=True))).delete()
    queued = DBTaskResult.objects.filter(task_path=issue_owed_document.module_path)
    queued.delete()
