"""Throw away expired drafts and codes; run it once a day."""

from django.core.management.base import BaseCommand

from portal.core.time import now
from portal.public.services import purge_codes, purge_drafts


class Command(BaseCommand):
    help = "Borra los borradores vencidos con sus archivos, y los códigos viejos."

    def handle(self, *args, **options) -> None:
        moment = now()
        drafts, codes = purge_drafts(now=moment), purge_codes(now=moment)
        self.stdout.write(f"Borradores borrados: {drafts}. Códigos borrados: {codes}.")
