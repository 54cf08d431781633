import datetime as dt

import pytest
from django.utils.dateparse import parse_datetime

from portal.accounts.models import User
from portal.core.models import EventRecord
from portal.core.time import now
from portal.public.api.acts import ACT_OF
from tramites.models import Adjunto, Peticion, Solicitante
from tramites.policies import PeticionPolicy
from tramites.selectors import InboxFilters, case_file, inbox

from .conftest import Api, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("casos")]
PEOPLE = (
    "ventanilla",
    "enlace.alumbrado",
    "titular.obras",
    "secretaria",
    "juridico",
    "consulta",
    "admin",
)
INBOX_QUERIES, CASE_QUERIES = 4, 18


def pages(api: Api, **params) -> list[dict]:
    """Every line of the inbox, following ``siguiente``."""
    body, rows = api.get("bandeja/", **params).json(), []
    while True:
        rows += body["peticiones"]
        if body["siguiente"] is None:
            return rows
        body = api.client.get(body["siguiente"], headers=api.headers).json()


@pytest.mark.parametrize("username", PEOPLE)
def test_inbox_is_the_one_of_the_screens(username):
    user = User.objects.get(username=username)
    folios = [row["folio"] for row in pages(signed_in(username))]
    shown = inbox(viewer=user, filters=InboxFilters(), now=now(), page_size=200).rows
    assert folios == [row.folio for row in shown]
    assert set(folios) == set(PeticionPolicy(user).visible().values_list("folio", flat=True))


@pytest.mark.parametrize("username", PEOPLE)
def test_case_is_open_to_exactly_those_whose_inbox_has_it(username):
    user, api = User.objects.get(username=username), signed_in(username)
    visible = set(PeticionPolicy(user).visible().values_list("folio", flat=True))
    for peticion in Peticion.objects.order_by("pk")[:25]:
        response = api.get(f"peticiones/{peticion.folio}/")
        assert response.status_code == (200 if peticion.folio in visible else 404)
        if peticion.folio not in visible:
            continue
        body, policy = response.json(), PeticionPolicy(User.objects.get(username=username))
        sees = policy.can_see_person(peticion)
        assert (body["solicitante"] is not None) == sees
        acts = case_file(user, peticion.folio).acts
        assert body["actos_permitidos"] == [ACT_OF[act] for act in acts if act in ACT_OF]


def test_no_contact_of_anybody_reaches_the_oversight_role():
    api = signed_in("consulta")
    for row in pages(api):
        contact = Peticion.objects.get(folio=row["folio"]).solicitante
        text = api.get(f"peticiones/{row['folio']}/").content.decode()
        for value in filter(None, (contact.telefono, contact.correo, contact.nombre)):
            assert value not in text


@pytest.mark.parametrize("username", ["secretaria", "ventanilla", "enlace.alumbrado"])
def test_contact_is_read_in_clear_only_apart_and_on_the_record(username):
    api, user = signed_in(username), User.objects.get(username=username)
    person = Solicitante.objects.filter(
        peticion__in=PeticionPolicy(user).visible(), telefono__startswith="+"
    ).first()
    path = f"peticiones/{person.peticion.folio}/"
    assert person.telefono not in api.get(path).content.decode()
    seen = EventRecord.objects.filter(event_type="PersonDataSeen")
    assert not seen.exists()
    clear = api.post(f"{path}solicitante/").json()
    assert (clear["telefono"], clear["nombre"]) == (person.telefono, person.nombre)
    assert [(row.actor_id, row.stream) for row in seen] == [
        (user.pk, f"peticion:{person.peticion_id}")
    ]


def test_oversight_asks_for_the_contact_in_vain():
    user = User.objects.get(username="consulta")
    folio = PeticionPolicy(user).visible().first().folio
    assert signed_in("consulta").post(f"peticiones/{folio}/solicitante/").status_code == 403
    assert signed_in("admin").post(f"peticiones/{folio}/solicitante/").status_code == 404
    assert not EventRecord.objects.filter(event_type="PersonDataSeen").exists()


def test_pages_go_forth_and_back_over_the_same_rows(monkeypatch):
    monkeypatch.setattr("portal.public.api.views_personal.PAGE_SIZE", 7)
    api = signed_in("secretaria")
    first = api.get("bandeja/").json()
    second = api.client.get(first["siguiente"], headers=api.headers).json()
    back = api.client.get(second["anterior"], headers=api.headers).json()
    assert first["anterior"] is None
    assert back["peticiones"] == first["peticiones"]
    folios = [row["folio"] for row in pages(api)]
    assert len(folios) == len(set(folios)) == Peticion.objects.count()


def test_filters_are_those_of_the_screens():
    api, user = signed_in("secretaria"), User.objects.get(username="secretaria")
    peticion = Peticion.objects.select_related("servicio", "dependencia").first()
    cases = {
        "estado": ({"estado": ("turnada", "concluida")}, "turnada,concluida"),
        "semaforo": ({"semaforo": "vencida"}, "vencida"),
        "dependencia": ({"dependencia": peticion.dependencia_id}, peticion.dependencia.clave),
        "servicio": ({"servicio": peticion.servicio_id}, peticion.servicio.clave),
        "canal": ({"canal": "web"}, "web"),
        "texto": ({"texto": "lámpara"}, "lámpara"),
        "orden": ({"orden": "vence"}, "vence"),
        "responsable": ({"responsable": "mias"}, "mias"),
        "desde": ({"desde": dt.date(2026, 1, 1)}, "2026-01-01"),
    }
    for name, (filters, value) in cases.items():
        shown = inbox(viewer=user, filters=InboxFilters(**filters), now=now(), page_size=200)
        folios = [row["folio"] for row in pages(api, **{name: value})]
        assert folios == [row.folio for row in shown.rows], name


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({"estado": "inventado"}, 400),
        ({"dependencia": "no-existe"}, 400),
        ({"responsable": "nadie"}, 400),
        ({"desde": "ayer"}, 400),
        ({"desde": "0001-01-01"}, 400),
        ({"color": "azul"}, 400),
        ({"texto": "a\0b"}, 200),
        ({"dependencia": "a\0b"}, 400),
        ({"cursor": "mentira"}, 422),
    ],
)
def test_wrong_parameters_are_named(params, status):
    response = signed_in("secretaria").get("bandeja/", **params)
    assert response.status_code == status
    if status != 200:
        assert set(params) == set(response.json()["errores"])


def test_inbox_line_tells_the_clock():
    for row in pages(signed_in("secretaria")):
        peticion = Peticion.objects.get(folio=row["folio"])
        due = parse_datetime(row["vence_en"]) if row["vence_en"] else None
        assert (row["version"], due) == (peticion.version, peticion.vence_en)


def test_attachment_is_downloaded_by_who_sees_the_case(settings):
    row = Adjunto.objects.first() or _attachment(settings)
    path = f"peticiones/{row.peticion.folio}/adjuntos/{row.clave}/"
    response = signed_in("secretaria").get(path)
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content)
    assert signed_in("admin").get(path).status_code == 404
    other = Peticion.objects.exclude(pk=row.peticion_id).first()
    wrong = f"peticiones/{other.folio}/adjuntos/{row.clave}/"
    assert signed_in("secretaria").get(wrong).status_code == 404


def _attachment(settings) -> Adjunto:
    folder = settings.MEDIA_ROOT / "zz"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "prueba.pdf").write_bytes(b"%PDF-1.4")
    return Adjunto.objects.create(
        peticion=Peticion.objects.first(), clave="f" * 32, ruta="zz/prueba.pdf", nombre="p.pdf",
        tipo="application/pdf", tamano=8, sha256="0" * 64, origen="ciudadano", creado_en=now(),
    )  # fmt: skip


def test_inbox_and_case_cost_a_fixed_number_of_queries(django_assert_max_num_queries):
    api = signed_in("secretaria")
    with django_assert_max_num_queries(INBOX_QUERIES):
        api.get("bandeja/")
    for peticion in Peticion.objects.order_by("-version")[:3]:
        with django_assert_max_num_queries(CASE_QUERIES):
            api.get(f"peticiones/{peticion.folio}/")
