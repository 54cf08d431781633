"""Items for the agenda: from the draft to a commission's opinion, and their annexes."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from portal.accounts.constants import Rol
from portal.core import files
from portal.core.actors import SYSTEM
from portal.core.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)
from portal.core.models import EventRecord
from portal.core.verification import verify
from tablero.cabildo import services
from tablero.cabildo.constants import EstadoAsunto
from tablero.cabildo.models import AnexoAsunto, Asunto, Materia
from tablero.cabildo.services.annexes import MOST_ANNEXES, NewAnnex
from tablero.cabildo.services.items import fingerprint
from tests.factories import NOON, StaffFactory

from .drafting import LATER, at, draft, secretary
from .factories import (
    AnexoFactory,
    MateriaFactory,
    OrganoFactory,
    a_pdf,
    rule,
)

pytestmark = pytest.mark.django_db


def test_an_item_goes_from_the_draft_to_the_opinion_of_a_commission():
    row = at("dictaminado")
    assert row.estado == EstadoAsunto.DICTAMINADO
    assert row.folio == "CAB-2026-000001"
    assert row.titulo == "Uniformes de la banda"
    told = EventRecord.objects.filter(stream=f"asunto:{row.pk}").order_by("sequence")
    assert [fact.event_type for fact in told] == [
        "ItemDrafted",
        "ItemSubmitted",
        "ItemValidated",
        "ItemReferred",
        "ItemReported",
    ]
    assert told[2].payload["huella"] == fingerprint(row)
    assert verify().integra


def test_folios_have_no_gaps_where_an_item_was_refused():
    draft()
    with pytest.raises(InvalidInputError):
        draft(titulo="")
    assert draft().folio == "CAB-2026-000002"


def test_what_was_sent_back_can_be_written_and_handed_in_again():
    row = at("devuelto")
    assert row.motivo == "Falta."
    services.edit_item(
        asunto_id=row.pk,
        values={"propuesta": "Se autoriza hasta 48 mil pesos."},
        cambios=row.cambios,
        actor=SYSTEM,
        now=LATER,
    )
    services.submit_item(asunto_id=row.pk, actor=SYSTEM, now=LATER)
    assert Asunto.objects.get(pk=row.pk).estado == EstadoAsunto.EN_REVISION
    assert Asunto.objects.get(pk=row.pk).motivo == ""


ACTS = {
    "submit": lambda pk: services.submit_item(asunto_id=pk, actor=SYSTEM, now=NOON),
    "validate": lambda pk: services.validate_item(asunto_id=pk, actor=SYSTEM, now=NOON),
    "send_back": lambda pk: services.send_item_back(
        asunto_id=pk, motivo="No.", actor=SYSTEM, now=NOON
    ),
    "refer": lambda pk: services.refer_item(
        asunto_id=pk,
        comision_id=OrganoFactory(comision=True).pk,
        vence=LATER.date(),
        actor=SYSTEM,
        now=NOON,
    ),
    "report": lambda pk: services.report_item(
        asunto_id=pk, sentido="favorable", dictamen="Procede.", actor=SYSTEM, now=NOON
    ),
    "withdraw": lambda pk: services.withdraw_item(
        asunto_id=pk, motivo="Ya no.", actor=SYSTEM, now=NOON
    ),
    "edit": lambda pk: services.edit_item(
        asunto_id=pk, values={"titulo": "Otro"}, cambios=None, actor=SYSTEM, now=NOON
    ),
}
ADMITTED = {
    "borrador": {"submit", "withdraw", "edit"},
    "en_revision": {"validate", "send_back", "withdraw"},
    "devuelto": {"submit", "withdraw", "edit"},
    "validado": {"send_back", "refer", "withdraw"},
    "turnado": {"report", "withdraw"},
    "dictaminado": {"withdraw"},
    "retirado": set(),
}


@pytest.mark.parametrize("state", ADMITTED)
@pytest.mark.parametrize("act", ACTS)
def test_each_state_admits_its_acts_and_refuses_the_others(state, act):
    row = at(state)
    if act in ADMITTED[state]:
        ACTS[act](row.pk)
        return
    before = EventRecord.objects.count()
    with pytest.raises(ConflictError):
        ACTS[act](row.pk)
    after = Asunto.objects.get(pk=row.pk)
    assert (after.estado, after.cambios) == (row.estado, row.cambios)
    assert EventRecord.objects.count() == before


def test_an_item_without_the_annex_its_matter_demands_is_not_validated():
    row = at("en_revision", materia=MateriaFactory(con_anexo=True))
    with pytest.raises(ConflictError, match="Avalúo") as refused:
        services.validate_item(asunto_id=row.pk, actor=SYSTEM, now=NOON)
    assert refused.value.details["faltan"] == ["Avalúo"]
    annex = add(row, exigido="Avalúo", nombre="")
    services.validate_item(asunto_id=row.pk, actor=SYSTEM, now=NOON)
    with pytest.raises(ConflictError):
        services.remove_annex(anexo_id=annex.pk, actor=SYSTEM, now=NOON)


def add(row: Asunto, content: bytes | None = None, actor=SYSTEM, name="avaluo.pdf", **annex):
    given = {"nombre": "Avalúo"} | annex
    upload = SimpleUploadedFile(name, a_pdf(1) if content is None else content)
    return services.add_annex(
        asunto_id=row.pk, annex=NewAnnex(**given), upload=upload, actor=actor, now=NOON
    )


@pytest.mark.parametrize(
    ("annex", "field"),
    [
        ({"nombre": " "}, "nombre"),
        ({"nombre": "x" * 161}, "nombre"),
        ({"exigido": "Escritura"}, "exigido"),
        ({"confidencial": True}, "fundamento"),
        ({"content": b"MZ..."}, "archivo"),
        ({"content": b""}, "archivo"),
        ({"name": "avaluo.png"}, "archivo"),
    ],
)
def test_a_bad_annex_leaves_nothing_behind(annex, field, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(InvalidInputError) as refused:
        add(draft(), **annex)
    assert field in refused.value.fields
    assert not AnexoAsunto.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_file_of_an_annex_refused_by_its_state_is_not_kept(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    row = at("validado")
    with pytest.raises(ConflictError):
        add(row)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_an_item_has_so_many_annexes_and_no_more():
    row = draft()
    AnexoFactory.create_batch(MOST_ANNEXES, asunto=row)
    with pytest.raises(ConflictError):
        add(row)


def test_what_is_taken_off_leaves_its_fingerprint(django_capture_on_commit_callbacks):
    annex = add(draft())
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_annex(anexo_id=annex.pk, actor=SYSTEM, now=LATER)
    with pytest.raises(NotFoundError):
        services.remove_annex(anexo_id=annex.pk, actor=SYSTEM, now=LATER)
    record = EventRecord.objects.get(event_type="AnnexRemoved")
    assert record.payload["sha256"] == annex.sha256
    with pytest.raises((OSError, NotFoundError)):
        files.open_stored(annex.ruta)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"origen": "peticion"}, "peticion"),
        ({"origen": "regiduria"}, "proponente"),
        ({"dependencia": None}, "dependencia"),
        ({"origen": "vecino"}, "origen"),
        ({"titulo": "x" * 301}, "titulo"),
        ({"propuesta": ""}, "propuesta"),
    ],
)
def test_an_item_says_what_it_is_and_who_brings_it(changes, field):
    with pytest.raises(InvalidInputError) as refused:
        draft(**changes)
    assert field in refused.value.fields
    assert not Asunto.objects.exists()


def test_the_database_refuses_what_no_service_would_write():
    row = draft()
    for changes in ({"estado": "perdido"}, {"estado": "turnado"}, {"estado": "retirado"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Asunto.objects.filter(pk=row.pk).update(**changes)


@pytest.mark.parametrize("vence", [dt.date(2026, 10, 4), dt.date(1999, 1, 1)])
def test_a_commission_is_not_asked_for_yesterday(vence):
    row = at("validado")
    with pytest.raises(InvalidInputError):
        services.refer_item(
            asunto_id=row.pk,
            comision_id=OrganoFactory(comision=True).pk,
            vence=vence,
            actor=SYSTEM,
            now=NOON,
        )
    with pytest.raises(InvalidInputError):
        services.refer_item(
            asunto_id=row.pk,
            comision_id=row.organo_id,
            vence=LATER.date(),
            actor=SYSTEM,
            now=NOON,
        )


def test_an_act_on_what_changed_meanwhile_is_refused():
    row = draft()
    with pytest.raises(ConflictError) as refused:
        services.submit_item(asunto_id=row.pk, cambios=row.cambios - 1, actor=SYSTEM, now=NOON)
    assert refused.value.code == "version_anterior"


def test_a_matter_demands_a_majority_that_exists():
    fields = {
        "clave": "general",
        "nombre": "Asunto general",
        "regla_mayoria": "no-hay",
        "votacion": "economica",
        "exige_dictamen": False,
        "anexos": "",
        "fundamento": "Reglamento Interior, artículo 48",
        "activa": True,
    }
    with pytest.raises(InvalidInputError) as refused:
        services.save_matter(materia_id=None, values=fields, actor=SYSTEM, now=NOON)
    assert "regla_mayoria" in refused.value.fields
    fields["regla_mayoria"] = rule("mayoria").clave
    row = services.save_matter(materia_id=None, values=fields, actor=secretary(), now=NOON)
    with pytest.raises(NotAllowedError):
        services.save_matter(
            materia_id=row.pk, values=fields, actor=StaffFactory(rol=Rol.TITULAR), now=NOON
        )
    services.save_matter(materia_id=row.pk, values=fields, actor=SYSTEM, now=NOON)
    assert EventRecord.objects.filter(stream=f"materia:{row.pk}").count() == 1
    assert Materia.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_submit_at_once_leave_one_fact():
    import threading

    row = draft()
    outcomes = []

    def submit() -> None:
        try:
            services.submit_item(asunto_id=row.pk, cambios=row.cambios, actor=SYSTEM, now=NOON)
            outcomes.append("done")
        except ConflictError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=submit) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["done", "refused", "refused", "refused"]
    assert EventRecord.objects.filter(event_type="ItemSubmitted").count() == 1
