"""The demo's matters and items, played through the real services."""

import datetime as dt
import io

from portal.accounts.models import Dependencia
from portal.core.actors import SYSTEM
from tramites.constants import OPEN_STATES
from tramites.models import Peticion

from ..constants import OrigenAsunto
from ..models import Asunto, Integrante, Materia, Organo
from ..services import (
    add_annex,
    draft_item,
    refer_item,
    report_item,
    save_matter,
    send_item_back,
    submit_item,
    validate_item,
)
from ..services.annexes import NewAnnex

#: What happens to an item, in order; each story says how far it went.
WAY = ("borrador", "en_revision", "devuelto", "validado", "turnado", "dictaminado")
#: Days a commission of the demo has.
COMMISSION_DAYS = 20


class Items:
    """Plays the stories of ``told`` as of ``now``."""

    def __init__(self, told: dict, *, now: dt.datetime, opening: dt.datetime) -> None:
        self.told, self.now, self.opening = told, now, opening
        self.organo = Organo.objects.get(clave="ayuntamiento")
        self.made: list[tuple[dict, Asunto]] = []

    def play(self) -> None:
        """Matters first, then each item as far as its story goes."""
        for entry in self.told["materia"]:
            save_matter(materia_id=None, values=entry, actor=SYSTEM, now=self.opening)
        for entry in self.told["asunto"]:
            self._item(entry)

    def _item(self, entry: dict) -> None:
        moment = self.now + dt.timedelta(days=entry["dias"])
        values = self._values(entry)
        if values is None:
            return
        row = draft_item(values=values, actor=SYSTEM, now=moment)
        self.made.append((entry, row))
        if "anexo" in entry:
            annex = NewAnnex(nombre=entry["anexo"], exigido=entry["anexo"])
            add_annex(asunto_id=row.pk, annex=annex, upload=_paper(entry), actor=SYSTEM, now=moment)
        for step in WAY[1 : WAY.index(entry["hasta"]) + 1]:
            if step != "devuelto" or entry["hasta"] == "devuelto":
                moment += dt.timedelta(hours=20)
                self._step(step, row, entry, min(moment, self.now))

    def _values(self, entry: dict) -> dict | None:
        values = {name: entry[name] for name in ("titulo", "exposicion", "propuesta", "origen")}
        values |= {"organo": self.organo, "materia": Materia.objects.get(clave=entry["materia"])}
        if "proponente" in entry:
            values["proponente"] = Integrante.objects.get(nombre=entry["proponente"])
        if "dependencia" in entry:
            values["dependencia"] = Dependencia.objects.filter(clave=entry["dependencia"]).first()
            if values["dependencia"] is None:
                return None
        if entry["origen"] == OrigenAsunto.PETICION:
            rows = Peticion.objects.filter(estado__in=OPEN_STATES, sensible=False)
            found = list(rows.order_by("-pk")[: entry.get("lugar", 0) + 1])
            values["peticion"] = found[-1] if found else None
            if values["peticion"] is None:
                return None
        return values

    def _step(self, step: str, row: Asunto, entry: dict, moment: dt.datetime) -> None:
        given = {"asunto_id": row.pk, "actor": SYSTEM, "now": moment}
        if step == "en_revision":
            submit_item(**given)
        elif step == "devuelto":
            send_item_back(motivo=entry["devuelto"], **given)
        elif step == "validado":
            validate_item(**given)
        elif step == "turnado":
            comision = Organo.objects.get(clave=entry["comision"])
            day = moment.date() + dt.timedelta(days=COMMISSION_DAYS)
            refer_item(comision_id=comision.pk, vence=day, **given)
        else:
            report_item(sentido=entry["sentido"], dictamen=entry["dictamen"], **given)


def _paper(entry: dict):
    """A page with the title, as an upload."""
    from pypdf import PdfWriter

    kept, book = io.BytesIO(), PdfWriter()
    book.add_blank_page(width=612, height=792)
    book.add_metadata({"/Title": entry["titulo"]})
    book.write(kept)
    kept.size, kept.name = kept.tell(), "proyecto.pdf"
    kept.seek(0)
    return kept
