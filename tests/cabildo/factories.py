"""Bodies and members for tests; each trait names a situation."""

import datetime as dt
import io

import factory
from pypdf import PdfWriter

from portal.core import files
from portal.core.models import ReglaJuridica
from tablero.cabildo.constants import Calidad, Cargo, TipoAusencia, TipoOrgano
from tablero.cabildo.models import (
    AnexoAsunto,
    Asiento,
    Asunto,
    Ausencia,
    Integrante,
    Materia,
    Ocupacion,
    Organo,
    Sesion,
)
from tests.accounts.factories import LONG_AGO, DependenciaFactory
from tests.factories import NOON

VALUES = {
    "quorum": {
        "formula": "mas_de_la_mitad",
        "segunda": "fraccion",
        "segunda_fraccion": "1/3",
        "espera_minutos": 30,
        "exige_presidencia": True,
    },
    "mayoria": {
        "base": "emitidos",
        "umbral": "1/2",
        "estricto": True,
        "abstenciones": "no_cuentan",
        "calidad": True,
    },
    "convocatoria": {"cantidad": 48, "unidad": "horas", "urgencia": False},
}


def rule(clase: str, clave: str = "", **valor) -> ReglaJuridica:
    """A rule of a kind in force since long ago; ``valor`` changes parts of the usual one."""
    row, _created = ReglaJuridica.objects.get_or_create(
        clave=clave or f"{clase}-prueba",
        version=1,
        defaults={
            "clase": clase,
            "nombre": f"Regla de {clase}",
            "valor": VALUES[clase] | valor,
            "fundamento": "Reglamento Interior, artículo 21",
            "vigente_desde": LONG_AGO,
        },
    )
    return row


class OrganoFactory(factory.django.DjangoModelFactory):
    """The Ayuntamiento, or with ``comision`` a commission."""

    class Meta:
        model = Organo

    class Params:
        comision = factory.Trait(
            tipo=TipoOrgano.COMISION, nombre=factory.Sequence(lambda n: f"Comisión {n}")
        )

    clave = factory.Sequence(lambda n: f"organo-{n}")
    nombre = "Ayuntamiento"
    tipo = TipoOrgano.AYUNTAMIENTO
    regla_quorum = factory.LazyFunction(lambda: rule("quorum").clave)
    vigente_desde = LONG_AGO


class AsientoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Asiento

    organo = factory.SubFactory(OrganoFactory)
    cargo = Cargo.REGIDURIA
    nombre = factory.Sequence(lambda n: f"Regiduría {n}")
    orden = factory.Sequence(lambda n: n % 900 + 1)
    vigente_desde = LONG_AGO


class IntegranteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Integrante

    nombre = factory.Sequence(lambda n: f"Amparo Ríos {n}")
    partido = "Movimiento Vecinal"


class OcupacionFactory(factory.django.DjangoModelFactory):
    """A holder who took the oath; ``suplente`` and ``sin_protesta`` say what they are not."""

    class Meta:
        model = Ocupacion

    class Params:
        suplente = factory.Trait(calidad=Calidad.SUPLENTE)
        sin_protesta = factory.Trait(protesta=None)

    asiento = factory.SubFactory(AsientoFactory)
    integrante = factory.SubFactory(IntegranteFactory)
    calidad = Calidad.PROPIETARIO
    vigente_desde = LONG_AGO
    protesta = LONG_AGO


class AusenciaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Ausencia

    ocupacion = factory.SubFactory(OcupacionFactory)
    tipo = TipoAusencia.LICENCIA
    desde = dt.date(2026, 10, 1)
    hasta = dt.date(2026, 10, 31)
    motivo = "Licencia, acuerdo 12/2026"


def a_body(seats: int = 5, **organo) -> Organo:
    """A body with its presidency and so many seats in all, each with somebody who took the oath."""
    body = OrganoFactory(**organo)
    first = AsientoFactory(organo=body, cargo=Cargo.PRESIDENCIA, nombre="Presidencia", orden=1)
    OcupacionFactory(asiento=first)
    for place in range(2, seats + 1):
        OcupacionFactory(asiento=AsientoFactory(organo=body, orden=place))
    return body


class MateriaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Materia
        django_get_or_create = ("clave",)

    class Params:
        con_anexo = factory.Trait(clave="patrimonio", anexos="Avalúo", exige_dictamen=True)

    clave = "general"
    nombre = factory.LazyAttribute(lambda row: f"Materia {row.clave}")
    regla_mayoria = factory.LazyFunction(lambda: rule("mayoria").clave)
    fundamento = "Reglamento Interior, artículo 48"


class AsuntoFactory(factory.django.DjangoModelFactory):
    """A draft of an office; a row as the service leaves it, without its record."""

    class Meta:
        model = Asunto

    folio = factory.Sequence(lambda n: f"CAB-2026-9{n:05d}")
    organo = factory.SubFactory(OrganoFactory)
    materia = factory.SubFactory(MateriaFactory)
    titulo = factory.Sequence(lambda n: f"Uniformes de la banda {n}")
    exposicion = "Tienen once años de uso."
    propuesta = "Se autoriza el apoyo."
    origen = "dependencia"
    dependencia = factory.SubFactory(DependenciaFactory)
    creado_en = NOON
    actualizado_en = NOON


class AnexoFactory(factory.django.DjangoModelFactory):
    """An annex whose bytes are on the disk."""

    class Meta:
        model = AnexoAsunto

    class Params:
        reservado = factory.Trait(confidencial=True, fundamento="Datos personales")

    asunto = factory.SubFactory(AsuntoFactory)
    nombre = "Presupuesto"
    archivo = "presupuesto.pdf"
    tipo = "application/pdf"
    tamano = 5
    sha256 = "0" * 64
    creado_en = NOON

    clave = factory.Sequence(lambda n: f"clave{n}")
    ruta = factory.LazyFunction(lambda: files.keep(b"%PDF-", ".pdf", folder="anexos")[1])


class SesionFactory(factory.django.DjangoModelFactory):
    """A session that is prepared, with no points: the service gives it those."""

    class Meta:
        model = Sesion

    organo = factory.SubFactory(OrganoFactory)
    tipo = "ordinaria"
    inicia_en = NOON + dt.timedelta(days=7)
    lugar = "Salón de Cabildo"
    creado_en = NOON


def a_pdf(pages: int = 1) -> bytes:
    """A file with so many empty pages."""
    kept, book = io.BytesIO(), PdfWriter()
    for _ in range(pages):
        book.add_blank_page(width=612, height=792)
    book.write(kept)
    return kept.getvalue()
