"""Background work of the citizen site."""

from django.core.cache import cache
from django_tasks import task

from portal.core.time import now
from tramites.models import Peticion

from .services.receipts import receipt_if_possible

#: A page that is looked at again and again asks for its receipt once in so many seconds.
ASK_AGAIN = 30


@task()
def seal_receipt(peticion_id: int) -> bool:
    """Seal the receipt of a case; the page that shows it is nudged by what follows."""
    rows = Peticion.objects.select_related("servicio", "dependencia", "colonia")
    peticion = rows.filter(pk=peticion_id).first()
    return peticion is not None and receipt_if_possible(peticion=peticion, now=now()) is not None


def seal_receipt_soon(peticion_id: int) -> None:
    """Ask the worker for the receipt somebody is looking at."""
    if cache.add(f"acuse-pedido:{peticion_id}", 1, timeout=ASK_AGAIN):
        seal_receipt.enqueue(peticion_id)
