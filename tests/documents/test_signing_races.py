"""Several sign at once, with real threads on PostgreSQL: nothing lost, no gap, nothing twice."""

import threading

import pytest
from django.db import connections

from portal.accounts.constants import Rol
from portal.core.errors import ConflictError
from portal.core.models import FolioSerie
from portal.core.verification import verify
from portal.documents import services
from portal.documents.constants import ClaseArchivo, EstadoDocumento
from portal.documents.models import Documento, Firma
from portal.documents.services import signing
from portal.documents.services.files import last_file, read_file
from portal.documents.signing.configuration import current_trust
from portal.documents.signing.validation import validate_pdf
from tests.factories import DependenciaFactory, load_calendar

from .authority import own_pair
from .ready import fresh, later, waiting
from .test_life import person

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _house(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "archivos"
    load_calendar()


@pytest.fixture
def people():
    """Four who sign, in one office."""
    office = DependenciaFactory(nombre="Secretaría General", siglas="SG")
    names = (("Elena", "Villaseñor"), ("Tomás", "Villegas"), ("Inés", "Robledo"), ("Luz", "Ortega"))
    return office, [person(Rol.SECRETARIA, office, first_name=a, last_name=b) for a, b in names]


def at_once(*calls) -> list:
    """Run the calls in threads that start together; results or errors, in order."""
    barrier, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        try:
            barrier.wait(10)
            results[place] = call()
        except Exception as error:
            results[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return results


def signing_of(documento, who, number=0):
    pair = own_pair(str(who), number)
    return lambda: services.sign_documento(
        documento_id=documento.pk, credentials=pair, actor=who, now=later(5)
    )


def test_two_who_sign_side_by_side_both_sign(people):
    office, (first, second, *_) = people
    paper = waiting(first, office, first, second, kind="nombramiento", parallel=True)
    results = at_once(signing_of(paper, first), signing_of(paper, second, 1))
    assert [type(result) for result in results] == [Firma, Firma], results
    done = fresh(paper)
    assert (done.estado, done.numero) == (EstadoDocumento.FIRMADO, 1)
    assert set(done.firmas.values_list("usuario", flat=True)) == {first.pk, second.pk}
    chain = list(done.firmas.order_by("pk"))
    assert chain[-1].sha256 == last_file(done, ClaseArchivo.FIRMADO).sha256
    pdf = read_file(last_file(done, ClaseArchivo.FIRMADO))
    found = validate_pdf(pdf, trust=current_trust(), at=later(6))
    assert all(status.good for status in found)
    assert verify(f"documento:{paper.pk}").integra


def three_places(actor) -> None:
    """A memorandum that three sign."""
    last = services.ensure_kind("memorandum", now=later(0)).plantillas.get(vigente=True)
    names = ("titulo", "campos", "clausulas", "diseno", "fundamento", "pie_de_recurso")
    given = {name: getattr(last, name) for name in names}
    places = [{"clave": f"firma{n}", "cargo": f"Cargo {n}"} for n in range(3)]
    template = services.Template(**given, firmantes=places)
    services.publish_template(tipo="memorandum", template=template, actor=actor, now=later(0))


def test_those_who_sign_at_once_after_the_first_lose_no_signature(people):
    """Both begin from the same file; the later one must begin again on the other's."""
    office, (first, second, third, _fourth) = people
    three_places(first)
    paper = waiting(first, office, first, second, third, parallel=True)
    signing_of(paper, first)()
    results = at_once(signing_of(paper, second, 1), signing_of(paper, third))
    assert [type(result) for result in results] == [Firma, Firma], results
    done = fresh(paper)
    assert done.estado == EstadoDocumento.FIRMADO
    chain = list(done.firmas.order_by("pk"))
    for before, after in zip(chain, chain[1:], strict=False):
        assert after.sha256_antes == before.sha256
    pdf = read_file(last_file(done, ClaseArchivo.FIRMADO))
    found = validate_pdf(pdf, trust=current_trust(), at=later(6))
    assert {status.field for status in found} >= {"firma0", "firma1", "firma2"}
    assert all(status.good for status in found)


def test_one_who_signs_twice_at_once_signs_once(people):
    office, (first, *_) = people
    paper = waiting(first, office, first)
    results = at_once(*[signing_of(paper, first)] * 3)
    assert sorted(type(result).__name__ for result in results) == [
        "ConflictError",
        "ConflictError",
        "Firma",
    ]
    assert fresh(paper).firmas.count() == 1


def test_documents_of_a_series_signed_at_once_have_neither_gap_nor_double(people):
    office, who = people
    papers = [waiting(who[0], office, person, asunto=f"Aviso {person}") for person in who * 2]
    calls = [signing_of(p, person) for p, person in zip(papers, who * 2, strict=True)]
    results = at_once(*calls)
    assert all(isinstance(result, Firma) for result in results), results
    numbers = Documento.objects.filter(serie="MEM").values_list("numero", flat=True)
    assert sorted(numbers) == list(range(1, 9))
    assert FolioSerie.objects.get(serie="MEM").ultimo == 8
    for paper in papers:
        folio = fresh(paper).folio
        assert f"|{folio}|" in fresh(paper).firmas.get().cadena_original


def test_who_is_always_overtaken_signs_in_the_end(people, monkeypatch):
    """With no try but the last, which holds the series, everybody gets through in turn."""
    monkeypatch.setattr(signing, "TRIES", 0)
    office, who = people
    papers = [waiting(who[0], office, person, asunto=f"Aviso {person}") for person in who]
    calls = [signing_of(p, person) for p, person in zip(papers, who, strict=True)]
    results = at_once(*calls, signing_of(papers[0], who[0]))
    assert sum(isinstance(result, Firma) for result in results) == 4, results
    assert sum(isinstance(result, ConflictError) for result in results) == 1
    numbers = Documento.objects.filter(serie="MEM").values_list("numero", flat=True)
    assert sorted(numbers) == [1, 2, 3, 4]


def test_who_signs_while_it_is_sent_back_signs_nothing_or_keeps_it(people):
    """A document is either signed or a draft again, never both."""
    office, (first, *_) = people
    paper = waiting(first, office, first)
    give_back = {"documento_id": paper.pk, "motivo": "Falta un dato.", "actor": first}
    results = at_once(
        signing_of(paper, first), lambda: services.return_documento(**give_back, now=later(5))
    )
    assert sum(isinstance(result, Exception) for result in results) == 1, results
    done = fresh(paper)
    signed = done.firmas.exists()
    assert done.estado == (EstadoDocumento.FIRMADO if signed else EstadoDocumento.BORRADOR)
    assert (done.folio is not None) == signed
