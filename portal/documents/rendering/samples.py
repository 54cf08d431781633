"""Contents a layout must stand before it is kept: everything filled, nothing filled, and long."""

import datetime as dt
from typing import Any

from .content import DocumentContent, Letterhead, Paragraph, SignatoryLine, Table

LETTERHEAD = Letterhead(
    ayuntamiento="Ayuntamiento de San Jacinto del Valle",
    secretaria="Secretaría General del Ayuntamiento",
    dependencia="Dirección de Servicios Públicos",
    domicilio="Portal Hidalgo 1, Centro, San Jacinto del Valle",
    telefono="55 0000 1234",
    correo="secretaria@sanjacinto.example",
)
SIGNATORIES = (
    SignatoryLine("secretaria", "Lic. Amalia Reyes Ortega", "Secretaria General del Ayuntamiento"),
    SignatoryLine(
        "presidencia",
        "Ing. Tomás Villegas Luna",
        "Presidente Municipal",
        "en suplencia de quien preside",
        "rubrica",
    ),
    SignatoryLine("institucion", "Ayuntamiento de San Jacinto del Valle", "Sello", "", "sello"),
)
CLASSES = ("titulo", "parrafo", "considerando", "cita", "clausula", "resolutivo")


def filled(paragraphs: int = 6, words: int = 40) -> DocumentContent:
    """A content with every field; ``paragraphs`` go through the classes in turn."""
    text = "Se hace de su conocimiento lo que procede conforme a derecho. " * (words // 10)
    return DocumentContent(
        tipo="Oficio",
        titulo="Documento de prueba",
        folio="SG/0123/2026",
        fecha=dt.date(2026, 11, 24),
        lugar="San Jacinto del Valle",
        asunto="Se responde su petición",
        destinatario=("C. María Ñuñez Peña", "Benito Juárez 112", "Colonia Centro"),
        parrafos=tuple(
            Paragraph(f"p{i}", text.strip(), CLASSES[i % len(CLASSES)], f"{i + 1}.")
            for i in range(paragraphs)
        ),
        tablas=(Table(("Concepto", "Importe"), (("Uno", "1.00"), ("Dos", "2.00"))),),
        fundamento="Artículos 8 y 115 de la Constitución Política de los Estados Unidos Mexicanos.",
        pie_de_recurso="Contra esta resolución procede el recurso de inconformidad.",
        firmantes=SIGNATORIES,
        codigo="7K3M9QX2T5VW8YZ4B6CD",
        url_verificacion="https://ventanilla.sanjacinto.example/verificar/7K3M9QX2T5VW8YZ4B6CD",
        huella_contenido="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        archivo_serie="SG/2S.3/001/2026",
        anexos=("Plano de ubicación",),
        notas=("Archivo.",),
        confidencial=True,
        borrador=True,
        extra=receipt_sample(),
    )


def bare() -> DocumentContent:
    """A content with what no document lacks, and one signatory."""
    return DocumentContent(
        tipo="Oficio",
        titulo="Documento",
        firmantes=SIGNATORIES[:1],
        extra={**receipt_sample(), "cuenta": None, "vence": "", "archivos": []},
    )


def receipt_sample() -> dict[str, Any]:
    """What the receipt prints besides, and the facts that other layouts may print."""
    names = (
        *("titulo", "folio", "vence", "porque", "archivos", "huella", "huella_ayuda", "seguir"),
        *("seguir_ayuda", "pie", "clave_cuenta", "clave_inhabil", "clave_vence", "recibido"),
    )
    days = ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"]
    kinds = ("start", "count", "count", "holiday", "due", "off", "off")
    week = [{"dia": str(i), "clase": kind, "numero": i} for i, kind in enumerate(kinds)]
    return {
        "palabras": {name: name.replace("_", " ") for name in names} | {"dias": days},
        "folio": "SJV-2026-000001",
        "hechos": [["Recibido", "martes 24 de noviembre de 2026"]],
        "huella": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "archivos": [{"nombre": "foto.jpg", "tamano": "84 kB", "sha256": "9f86d081" * 8}],
        "vence": "miércoles 9 de diciembre de 2026",
        "cuenta": {"titulo": "Cuenta", "hechos": [["Plazo", "10 días"]], "semanas": [week]},
        "url": "https://ventanilla.sanjacinto.example/seguimiento/prueba",
    }
