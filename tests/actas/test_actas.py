"""An acta from what was recorded to its leaf in the book, and what custody finds."""

import pytest
from django.test import Client

from notificaciones.models import Envio
from portal.core.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
)
from portal.core.models import EventRecord
from portal.core.verification import verify
from tablero.actas import services
from tablero.actas.models import Acta, SeccionActa
from tablero.actas.policies import ActaPolicy
from tablero.actas.selectors import custody_faults
from tablero.cabildo.models import Sesion
from tests.cabildo.sitting import Sitting
from tests.documents.authority import ready_authority
from tests.factories import StaffFactory

from .factories import KEY, Held

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "archivos"
    ready_authority()


@pytest.fixture
def held():
    return Held()


def drafted(held) -> Acta:
    return services.draft_acta(sesion_id=held.sesion.pk, **held.given())


def circulated(held) -> Acta:
    return services.circulate_acta(acta_id=drafted(held).pk, **held.given())


def approved(held) -> Acta:
    row = circulated(held)
    later = held.following()
    return services.approve_acta(acta_id=row.pk, sesion_id=later.pk, **held.given())


def signed_by_hand(held, row) -> None:
    for line in row.firmas.filter(estado="pendiente"):
        services.record_signature(
            acta_id=row.pk,
            integrante_id=line.integrante_id,
            estado="autografa",
            motivo="",
            **held.given(),
        )


def bound(held) -> Acta:
    row = approved(held)
    signed_by_hand(held, row)
    services.open_book(organo_id=held.body.pk, credentials=KEY, **held.given())
    return services.bind_acta(acta_id=row.pk, credentials=KEY, **held.given())


def whole(row) -> str:
    return "\n".join(row.secciones.values_list("texto", flat=True))


def test_the_draft_says_what_was_recorded(held):
    row = drafted(held)
    text = whole(row)
    absent, left = held.members[4], held.members[3]
    assert f"No asistieron: {absent}." not in text, "nobody was noticed here, so nobody is missing"
    assert f"Presidió {held.chair}." in text
    assert f"{left} salió a las" in text
    assert "3 a favor, 1 en contra y 0 abstenciones" in text
    assert f"Votaron en contra: {left}." in text
    assert "Se tomó el acuerdo ACU-2026-000001." in text
    assert held.items[0].propuesta in text
    titles = list(row.secciones.values_list("titulo", flat=True))
    assert titles[:2] == ["Apertura", "Asistencia"]
    assert titles[-1] == "Clausura"
    assert drafted(held).pk == row.pk


def test_a_secret_vote_names_nobody():
    held = Sitting(seats=5, items=1)
    held.roll()
    vote = held.open(0, forma="cedula")
    held.close(vote, (3, 2, 0))
    from tablero.cabildo.services import close_session

    close_session(sesion_id=held.sesion.pk, **held.given())
    text = whole(services.draft_acta(sesion_id=held.sesion.pk, **held.given()))
    assert "3 a favor, 2 en contra" in text
    assert "Votaron en contra" not in text


def test_a_session_that_was_not_held_has_its_acta_and_one_going_on_has_none():
    held = Sitting(seats=5, items=1)
    held.roll(present=1)
    with pytest.raises(ConflictError):
        services.draft_acta(sesion_id=held.sesion.pk, **held.given())
    Sesion.objects.filter(pk=held.sesion.pk).update(estado="no_celebrada")
    row = services.draft_acta(sesion_id=held.sesion.pk, **held.given())
    assert "hubo 1 presentes; se requerían 3" in whole(row)
    assert "no se celebró" in whole(row)


def test_sections_change_until_it_is_sent_round(held):
    row = drafted(held)
    part = row.secciones.first()
    services.save_section(seccion_id=part.pk, texto="Mejor dicho.", **held.given())
    with pytest.raises(ConflictError) as refused:
        services.save_section(seccion_id=part.pk, texto="x", cambios=1, **held.given())
    assert refused.value.code == "version_anterior"
    services.circulate_acta(acta_id=row.pk, **held.given())
    with pytest.raises(ConflictError) as refused:
        services.save_section(seccion_id=part.pk, texto="Otra cosa.", **held.given())
    assert refused.value.code == "acta_circulada"
    part.refresh_from_db()
    assert part.texto == "Mejor dicho."


def test_observations_are_settled_one_by_one_and_change_one_paragraph(held):
    member, user = held.account(1)
    row = circulated(held)
    part = row.secciones.get(titulo="Asistencia")
    before = part.parrafos
    by = {"actor": user, "now": held.now}
    for wrong in ({"parrafo": 99}, {"texto": " "}):
        with pytest.raises(InvalidInputError):
            services.observe_acta(
                **{"seccion_id": part.pk, "parrafo": 1, "texto": "Falta."} | wrong, **by
            )
    with pytest.raises(NotAllowedError):
        services.observe_acta(seccion_id=part.pk, parrafo=1, texto="x", **held.given())
    _other, elsewhere = held.account(4)
    with pytest.raises(NotAllowedError):
        services.observe_acta(
            seccion_id=part.pk, parrafo=1, texto="x", actor=elsewhere, now=held.now
        )
    notes = [
        services.observe_acta(seccion_id=part.pk, parrafo=1, texto=text, **by)
        for text in ("Falta mi cargo.", "Sobra una coma.")
    ]
    later = held.following()
    with pytest.raises(ConflictError):
        services.approve_acta(acta_id=row.pk, sesion_id=later.pk, **held.given())
    given = {"observacion_id": notes[0].pk, "acepta": True}
    services.settle_observation(texto="Dicho\n\nbien.", respuesta="", **given, **held.given())
    part.refresh_from_db()
    assert part.parrafos == ["Dicho bien.", *before[1:]]
    row.refresh_from_db()
    assert row.huella == row.fingerprint()
    with pytest.raises(ConflictError):
        services.settle_observation(texto="y", respuesta="", **given, **held.given())
    refusal = {"observacion_id": notes[1].pk, "acepta": False, "texto": ""}
    with pytest.raises(InvalidInputError):
        services.settle_observation(respuesta="", **refusal, **held.given())
    services.settle_observation(respuesta="Es correcta.", **refusal, **held.given())
    services.approve_acta(acta_id=row.pk, sesion_id=later.pk, **held.given())
    told = {mail.destino for mail in Envio.objects.filter(objeto="acta")}
    assert told <= {member.correo}


def test_the_days_to_observe_end(held):
    _member, user = held.account(1)
    row = circulated(held)
    import datetime as dt

    late = held.now + dt.timedelta(days=6)
    with pytest.raises(ConflictError):
        services.observe_acta(
            seccion_id=row.secciones.first().pk, parrafo=1, texto="x", actor=user, now=late
        )


def test_only_a_later_session_that_voted_for_it_approves(held):
    row = circulated(held)
    against = held.following(votes=(1, 3))
    for sesion in (held.sesion, against):
        with pytest.raises(InvalidInputError):
            services.approve_acta(acta_id=row.pk, sesion_id=sesion.pk, **held.given())
    for_it = held.following()
    Sesion.objects.filter(pk=for_it.pk).update(inicia_en=held.sesion.inicia_en)
    with pytest.raises(InvalidInputError):
        services.approve_acta(acta_id=row.pk, sesion_id=for_it.pk, **held.given())
    row.refresh_from_db()
    assert (row.estado, row.aprobada_por) == ("circulada", None)


def test_members_sign_by_password_by_hand_or_refuse(held):
    member, user = held.account(1)
    row = approved(held)
    assert row.firmas.count() == 4
    by = {"actor": user, "now": held.now}
    with pytest.raises(InvalidInputError):
        services.sign_acta(acta_id=row.pk, credentials=type(KEY)(contrasena="mal"), **by)
    line = services.sign_acta(acta_id=row.pk, credentials=KEY, **by)
    assert (line.integrante, line.estado, line.huella) == (member, "electronica", row.huella)
    with pytest.raises(ConflictError):
        services.sign_acta(acta_id=row.pk, credentials=KEY, **by)
    other = row.firmas.filter(estado="pendiente").first()
    refusal = {"acta_id": row.pk, "integrante_id": other.integrante_id, "estado": "rehusada"}
    with pytest.raises(InvalidInputError):
        services.record_signature(motivo="", **refusal, **held.given())
    services.record_signature(motivo="No está de acuerdo.", **refusal, **held.given())
    absent = held.members[4]
    with pytest.raises(NotFoundError):
        services.record_signature(
            acta_id=row.pk,
            integrante_id=absent.pk,
            estado="autografa",
            motivo="",
            **held.given(),
        )
    with pytest.raises(ConflictError) as refused:
        services.bind_acta(acta_id=row.pk, credentials=KEY, **held.given())
    assert refused.value.code == "faltan_firmas"


def test_who_has_not_signed_is_reminded_and_not_every_hour(held):
    import datetime as dt

    held.account(1)
    row = approved(held)
    assert services.remind_signers(held.now) == 0
    later = held.now + dt.timedelta(days=4)
    assert services.remind_signers(later) == 1
    assert services.remind_signers(later + dt.timedelta(hours=1)) == 0
    assert services.remind_signers(later + dt.timedelta(days=4)) == 1
    assert row.firmas.exclude(recordada_en=None).count() == 1


def test_it_is_bound_on_the_next_leaves_and_custody_is_clean(held):
    row = bound(held)
    book = row.libro
    assert (row.estado, row.foja_desde, book.fojas) == ("firmada", 1, row.foja_hasta)
    shown = str(row.documento.contenido)
    assert "Firmó a mano" in shown
    assert "Se tomó el acuerdo" in shown
    faults = {fault["clase"] for fault in custody_faults()}
    assert faults == set()
    assert verify().integra
    with pytest.raises(ConflictError):
        services.open_book(organo_id=held.body.pk, credentials=KEY, **held.given())
    services.close_book(libro_id=book.pk, credentials=KEY, **held.given())
    with pytest.raises(ConflictError):
        services.close_book(libro_id=book.pk, credentials=KEY, **held.given())
    second = services.open_book(organo_id=held.body.pk, credentials=KEY, **held.given())
    assert second.tomo == 2
    with pytest.raises(ConflictError):
        services.close_book(libro_id=second.pk, credentials=KEY, **held.given())
    facts = EventRecord.objects.filter(stream=f"acta:{row.pk}").values_list("event_type", flat=True)
    assert set(facts) >= {"ActaDrafted", "ActaCirculated", "ActaApproved", "ActaBound"}


def test_without_a_book_nothing_is_issued(held):
    row = approved(held)
    signed_by_hand(held, row)
    with pytest.raises(ConflictError):
        services.bind_acta(acta_id=row.pk, credentials=KEY, **held.given())
    row.refresh_from_db()
    assert (row.estado, row.documento) == ("aprobada", None)


def test_custody_names_each_fault(held, settings):
    row = bound(held)
    SeccionActa.objects.filter(acta=row, orden=1).update(texto="Otra cosa.")
    kept = row.documento.archivos.get(clase="firmado")
    path = next(p for p in settings.MEDIA_ROOT.rglob("*") if p.name == kept.ruta.split("/")[-1])
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-9] + b"alterado!")
    row.libro.fojas += 3
    row.libro.save()
    other = Held()
    faults = {fault["clase"] for fault in custody_faults()}
    assert faults == {"huella_rota", "archivo_roto", "fojas", "falta_acta"}
    missing = [f["sesion"] for f in custody_faults() if f["clase"] == "falta_acta"]
    assert other.sesion in missing


def test_a_text_that_is_not_the_approved_one_is_neither_signed_nor_bound(held):
    _member, user = held.account(1)
    row = approved(held)
    SeccionActa.objects.filter(acta=row, orden=1).update(texto="Otra cosa.")
    with pytest.raises(ConflictError) as refused:
        services.sign_acta(acta_id=row.pk, credentials=KEY, actor=user, now=held.now)
    assert refused.value.code == "huella_rota"
    services.open_book(organo_id=held.body.pk, credentials=KEY, **held.given())
    row.firmas.update(estado="autografa", en=held.now)
    with pytest.raises(ConflictError) as refused:
        services.bind_acta(acta_id=row.pk, credentials=KEY, **held.given())
    assert refused.value.code == "huella_rota"


def test_the_public_version_strikes_out_and_the_original_stays(held):
    row = bound(held)
    name = str(held.members[3])
    given = {"acta_id": row.pk, "credentials": KEY}
    for wrong in (
        {"tachar": "no aparece", "fundamento": "x"},
        {"tachar": name, "fundamento": ""},
    ):
        with pytest.raises(InvalidInputError):
            services.publish_version(**given, **wrong, **held.given())
    services.publish_version(
        **given, tachar=f"{name.upper()}\n", fundamento="Resolución 3/2026.", **held.given()
    )
    row.refresh_from_db()
    assert name not in str(row.publica.contenido)
    assert "█████" in str(row.publica.contenido)
    assert name in str(row.documento.contenido)
    assert Client().get(f"/verificar/{row.publica.codigo}/pdf/").status_code == 200
    assert Client().get(f"/verificar/{row.documento.codigo}/pdf/").status_code == 404
    with pytest.raises(ConflictError):
        services.publish_version(**given, tachar="", fundamento="", **held.given())


def test_who_may_know_of_an_acta(held):
    _member, user = held.account(1)
    row = drafted(held)
    people = {
        held.operator: (True, True),
        StaffFactory(rol="juridico"): (True, True),
        StaffFactory(rol="titular"): (False, False),
        user: (False, True),
    }
    for step in (0, 1):
        for person, sees in people.items():
            policy = ActaPolicy(person)
            assert policy.can_view(row) is sees[step]
            assert policy.visible().filter(pk=row.pk).exists() is sees[step]
        if step == 0:
            row = services.circulate_acta(acta_id=row.pk, **held.given())


def test_a_signed_acta_is_corrected_by_another_paper_and_stays(held):
    row = approved(held)
    given = {"acta_id": row.pk, "credentials": KEY, "dice": "Se clausuró la sesión"}
    with pytest.raises(ConflictError):
        services.issue_erratum(debe_decir="Terminó la sesión", **given, **held.given())
    signed_by_hand(held, row)
    services.open_book(organo_id=held.body.pk, credentials=KEY, **held.given())
    services.bind_acta(acta_id=row.pk, credentials=KEY, **held.given())
    before = whole(row)
    for wrong in ({"dice": "No lo dice"}, {"debe_decir": given["dice"]}, {"debe_decir": ""}):
        with pytest.raises(InvalidInputError):
            services.issue_erratum(
                **given | {"debe_decir": "Terminó la sesión"} | wrong, **held.given()
            )
    for _n in range(2):
        made = services.issue_erratum(debe_decir="Terminó la sesión", **given, **held.given())
    assert row.erratas.count() == 2
    assert "Terminó la sesión" in str(made.documento.contenido)
    assert whole(row) == before
    row.refresh_from_db()
    assert row.fingerprint() == row.huella
    client = Client()
    client.force_login(held.operator, backend="django.contrib.auth.backends.ModelBackend")
    text = client.get(f"/tablero/actas/{row.pk}/").content.decode()
    assert made.documento.folio in text
    form = {"dice": "No lo dice", "debe_decir": "x", "contrasena": KEY.contrasena}
    assert client.post(f"/tablero/actas/{row.pk}/erratas/", form).status_code == 422
