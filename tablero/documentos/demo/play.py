"""Playing the demo's documents through the real services, each act at its own moment."""

import datetime as dt
import re
import tomllib
from pathlib import Path

from django.utils import timezone

from portal.accounts.models import Dependencia, User
from portal.core.actors import CitizenActor
from portal.core.calendar import current_calendar
from portal.core.time import local_date
from portal.documents import services
from portal.documents.models import Documento
from portal.documents.services import Credentials, Draft, Order, ensure_kind
from portal.documents.services.drafting import current_version
from portal.documents.snapshot import printed_paragraphs

from ..copies.certifying import certify_copy
from ..copies.services import CopyOrder, Payment, record_payment, request_copy
from .signers import pair_of

FILE = Path(__file__).parent / "documentos.toml"
#: Between an act and the next, unless the file says on which day; the first is in the morning.
PAUSE = dt.timedelta(minutes=50)
MORNING = dt.time(9, 20)
DATE = re.compile(r"@([+-]\d+)")


def stories() -> list[dict]:
    """The documents of the file, in the order in which they began."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))["documento"]
    return sorted(found, key=lambda story: -story["hace"])


class Stage:
    """Plays stories at ``now`` and before it; ``password`` is everybody's."""

    def __init__(self, *, now: dt.datetime, password: str) -> None:
        self.now, self.password = now, password
        self.calendar = current_calendar()
        self.people = {user.username: user for user in User.objects.all()}
        self.offices = {office.clave: office for office in Dependencia.objects.all()}
        self.made: dict[str, Documento] = {}

    def play_all(self) -> int:
        """Every document with all its acts; says how many documents."""
        found = stories()
        for story in found:
            self._play(story)
        return len(found)

    def _play(self, story: dict) -> None:
        moment = self._day(story["hace"])
        documento = self.made[story["clave"]] = self._draft(story, moment)
        for step in story.get("pasos", ()):
            moment += PAUSE
            if "hace" in step:
                moment = max(moment, self._day(step["hace"]))
            moment = min(moment, self.now)
            act = getattr(self, f"_{step['acto']}")
            act(documento, step, {"actor": self.people[step["quien"]], "now": moment})

    def _day(self, ago: int) -> dt.datetime:
        """The morning of a business day, so many days ago or the last one before."""
        day = local_date(self.now) - dt.timedelta(days=ago)
        while not self.calendar.is_business(day):
            day -= dt.timedelta(days=1)
        moment = dt.datetime.combine(day, MORNING, timezone.get_default_timezone())
        return min(moment, self.now)

    def _draft(self, story: dict, moment: dt.datetime) -> Documento:
        ensure_kind(story["tipo"], now=moment)
        replaced = self.made.get(story.get("sustituye", ""))
        draft = Draft(
            asunto=story["asunto"],
            destinatario=story.get("destinatario", ""),
            confidencial=story.get("confidencial", False),
            datos={name: self._value(value) for name, value in story["datos"].items()},
            firmantes={place: self.people[name].pk for place, name in story["firmantes"].items()},
        )
        return services.draft_documento(
            tipo=story["tipo"],
            dependencia_id=self.offices[story["dependencia"]].pk,
            draft=draft,
            actor=self.people[story["autor"]],
            now=moment,
            sustituye_id=replaced.pk if replaced else None,
        )

    def _value(self, value: str) -> str:
        shift = DATE.fullmatch(value)
        if shift is None:
            return value.strip()
        return (local_date(self.now) + dt.timedelta(days=int(shift.group(1)))).isoformat()

    # one method per act of the file

    def _revisar(self, documento, step, base) -> None:
        people = [self.people[name].pk for name in step["a"]]
        services.submit_documento(documento_id=documento.pk, revisores=people, **base)

    def _aprobar(self, documento, step, base) -> None:
        text = step.get("texto", "")
        services.approve_review(documento_id=documento.pk, comentario=text, **base)

    def _devolver(self, documento, step, base) -> None:
        services.return_documento(documento_id=documento.pk, motivo=step["texto"], **base)

    def _comentar(self, documento, step, base) -> None:
        found = Documento.objects.select_related("plantilla").get(pk=documento.pk)
        paragraphs = printed_paragraphs(found, current_version(found))
        key = paragraphs[step["parrafo"] - 1].clave
        services.comment_documento(
            documento_id=documento.pk, parrafo=key, texto=step["texto"], **base
        )

    def _enviar(self, documento, step, base) -> None:
        services.send_to_sign(documento_id=documento.pk, **base)

    def _firmar(self, documento, step, base) -> None:
        services.sign_documento(
            documento_id=documento.pk, credentials=pair_of(step["quien"]), **base
        )

    def _rubricar(self, documento, step, base) -> None:
        credentials = Credentials(contrasena=self.password)
        services.sign_documento(documento_id=documento.pk, credentials=credentials, **base)

    def _publicar(self, documento, step, base) -> None:
        services.publish_documento(documento_id=documento.pk, **base)

    def _cancelar(self, documento, step, base) -> None:
        services.cancel_documento(documento_id=documento.pk, motivo=step["texto"], **base)

    def _notificar(self, documento, step, base) -> None:
        names = ("destinatario", "medio", "domicilio", "correo", "consentimiento")
        order = Order(**{name: step.get(name, "") for name in names})
        row = services.order_notification(documento_id=documento.pk, order=order, **base)
        later = min(base["now"] + PAUSE, self.now)
        if step.get("acusa"):
            reader = {"notificacion_id": row.pk, "actor": CitizenActor(), "now": later}
            services.record_opened(**reader)
            services.acknowledge_notification(**reader)

    def _copiar(self, documento, step, base) -> None:
        order = CopyOrder(
            solicitante=step["solicitante"],
            interes=step["interes"],
            paginas=step.get("paginas", ""),
            documento_id=documento.pk,
        )
        row = request_copy(order=order, scan=None, **base)
        if "exencion" in step:
            payment = Payment(exencion=step["exencion"])
            record_payment(copia_id=row.pk, payment=payment, **base)
        if "firma" in step:
            row = certify_copy(copia_id=row.pk, **base)
            signer = {"actor": self.people[step["firma"]], "now": base["now"]}
            services.sign_documento(
                documento_id=row.certificacion_id, credentials=pair_of(step["firma"]), **signer
            )
