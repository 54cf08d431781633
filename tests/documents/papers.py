"""Documents as a municipality writes them, one for each layout of the house."""

import datetime as dt
from dataclasses import replace

from portal.documents.rendering import (
    DocumentContent,
    Letterhead,
    Paragraph,
    SignatoryLine,
    Table,
)

LETTERHEAD = Letterhead(
    ayuntamiento="Ayuntamiento de San Jacinto del Valle",
    secretaria="Secretaría General del Ayuntamiento",
    dependencia="Dirección de Servicios Públicos",
    domicilio="Portal Hidalgo 1, Centro, San Jacinto del Valle",
    telefono="55 0000 1234",
    correo="secretaria@sanjacinto.example",
)
SECRETARIA = SignatoryLine(
    "secretaria", "Lic. Amalia Reyes Ortega", "Secretaria General del Ayuntamiento"
)
PRESIDENCIA = SignatoryLine(
    "presidencia", "Ing. Tomás Villegas Luna", "Presidente Municipal", nivel="rubrica"
)
SUPLENTE = SignatoryLine(
    "suplente",
    "C. Rosa Elena Cruz Bautista",
    "Oficial Mayor",
    "en suplencia del Director de Servicios Públicos",
)
CODE = "7K3M9QX2T5VW8YZ4B6CD"
HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
CONSTITUTION = "Constitución Política de los Estados Unidos Mexicanos"


def paragraphs(*pieces) -> tuple[Paragraph, ...]:
    """Each piece is a text, or a class, a number and a text."""
    full = [("parrafo", "", piece) if isinstance(piece, str) else piece for piece in pieces]
    return tuple(
        Paragraph(f"p{i}", text, kind, number) for i, (kind, number, text) in enumerate(full)
    )


def paper(**fields) -> DocumentContent:
    """An oficio about a street lamp, with ``fields`` changed."""
    base = DocumentContent(
        tipo="Oficio",
        titulo="Oficio",
        folio="SG/0123/2026",
        fecha=dt.date(2026, 11, 24),
        lugar="San Jacinto del Valle",
        asunto="Se responde su petición SJV-2026-004381",
        destinatario=("C. María Ñuñez Peña", "Benito Juárez 112", "Colonia Centro"),
        parrafos=paragraphs(
            "En atención a su escrito recibido el 23 de noviembre de 2026, por el que pide que se"
            " repare la luminaria que está frente al número 112 de la calle Benito Juárez, le"
            " comunico lo siguiente.",
            "La Dirección de Servicios Públicos revisó el lugar el 25 de noviembre y encontró que"
            " el foco y la fotocelda no funcionan. El cambio quedó programado en la ruta norte"
            " para el 2 de diciembre de 2026, entre las 8:00 y las 14:00 horas.",
            "Si en esa fecha la luminaria no quedara encendida, puede decirlo en la misma página"
            " en que sigue su asunto, o al teléfono 55 0000 1234, con su folio a la mano.",
        ),
        fundamento=f"Artículos 8 y 115, fracción III, inciso b), de la {CONSTITUTION}.",
        firmantes=(SECRETARIA,),
        codigo=CODE,
        url_verificacion=f"https://ventanilla.sanjacinto.example/verificar/{CODE}",
        huella_contenido=HASH,
        archivo_serie="SG/2S.3/001/2026",
        notas=("Dirección de Servicios Públicos. Para su cumplimiento.", "Archivo."),
    )
    return replace(base, **fields)


def circular() -> DocumentContent:
    return paper(
        tipo="Circular",
        titulo="Circular",
        folio="SG/CIR/007/2026",
        asunto="Guardias del periodo decembrino",
        destinatario=("Titulares de las dependencias", "Enlaces administrativos"),
        parrafos=paragraphs(
            "Con motivo del periodo vacacional, cada dependencia informará a esta Secretaría, a más"
            " tardar el 4 de diciembre, quién cubre las guardias de los días siguientes:",
            ("clausula", "1.", "Del 21 al 24 de diciembre, de 9:00 a 13:00 horas."),
            ("clausula", "2.", "Del 28 al 31 de diciembre, de 9:00 a 13:00 horas."),
            "Los plazos de los asuntos en trámite se sujetan al calendario de días inhábiles.",
        ),
        tablas=(
            Table(
                ("Dependencia", "Responsable de informar", "Guardias"),
                (
                    ("Servicios Públicos", "Enlace administrativo", "8"),
                    ("Protección Civil", "Jefatura de turno", "16"),
                    ("Registro Civil", "Oficialía 01", "4"),
                ),
                titulo="Guardias por dependencia",
                anchos=(2, 2, 1),
                derecha=(2,),
            ),
        ),
        fundamento="",
        notas=(),
    )


def nombramiento() -> DocumentContent:
    return paper(
        tipo="Nombramiento",
        titulo="Nombramiento",
        folio="PM/NOM/014/2026",
        asunto="Directora de Servicios Públicos",
        destinatario=(),
        parrafos=paragraphs(
            "Con fundamento en las facultades que la ley confiere a la Presidencia Municipal, se le"
            " confía el cargo por su capacidad y honradez, con las atribuciones y obligaciones que"
            " le señalan las leyes y los reglamentos.",
            "Rendida la protesta de guardar y hacer guardar la Constitución y las leyes que de ella"
            " emanen, entra en funciones el día que aquí se indica.",
        ),
        fundamento=f"Artículos 115 y 128 de la {CONSTITUTION}.",
        firmantes=(PRESIDENCIA, SECRETARIA),
        notas=(),
        extra={
            "persona": "Mtra. Lucía Hernández Zárate",
            "cargo": "Directora de Servicios Públicos",
            "hechos": [
                ["Adscripción", "Dirección de Servicios Públicos"],
                ["Vigencia", "Del 1 de diciembre de 2026 al 31 de diciembre de 2027"],
            ],
        },
    )


def decreto() -> DocumentContent:
    return paper(
        tipo="Decreto",
        titulo="Decreto",
        folio="PM/DEC/003/2026",
        asunto="Por el que se declara inhábil el 2 de diciembre de 2026",
        destinatario=(),
        parrafos=paragraphs(
            ("titulo", "", "Considerando"),
            ("considerando", "I.", "Que el 2 de diciembre se cumple un año más de la fundación."),
            ("considerando", "II.", "Que el Ayuntamiento puede señalar los días inhábiles." * 3),
            ("titulo", "", "Decreto"),
            ("clausula", "Artículo 1.", "Se declara inhábil el 2 de diciembre de 2026."),
            ("clausula", "Artículo 2.", "Ese día no corren plazos.\n\nLas guardias se mantienen."),
            ("titulo", "", "Transitorio"),
            ("resolutivo", "Único.", "Este decreto entra en vigor al día siguiente."),
        ),
        firmantes=(PRESIDENCIA, SECRETARIA),
        notas=(),
    )


def resolucion() -> DocumentContent:
    return paper(
        tipo="Resolución",
        titulo="Resolución",
        folio="SG/RES/031/2026",
        asunto="Recurso de inconformidad",
        archivo_serie="SG/RI/009/2026",
        parrafos=paragraphs(
            ("titulo", "", "Resultando"),
            ("considerando", "I.", "Que la persona interesada presentó su recurso en tiempo. " * 3),
            ("titulo", "", "Considerando"),
            ("considerando", "I.", "Que esta Secretaría es competente para resolver. " * 3),
            ("cita", "", "«La autoridad resolverá dentro de los diez días siguientes.»"),
            ("titulo", "", "Resuelve"),
            ("resolutivo", "Primero.", "Es fundado el recurso."),
            ("resolutivo", "Segundo.", "Se ordena reponer la visita de inspección."),
            ("resolutivo", "Tercero.", "Notifíquese personalmente."),
        ),
        pie_de_recurso="Contra esta resolución procede el juicio ante el Tribunal de Justicia"
        " Administrativa, dentro de los quince días hábiles siguientes a su notificación.",
        firmantes=(SECRETARIA, SUPLENTE),
        notas=(),
    )


def constancia() -> DocumentContent:
    return paper(
        tipo="Constancia",
        titulo="Constancia de residencia",
        folio="SG/CON/0871/2026",
        destinatario=("A quien corresponda:",),
        parrafos=paragraphs(
            "La que suscribe, Secretaria General del Ayuntamiento, hace constar que la C. María"
            " Ñuñez Peña tiene su domicilio en la calle Benito Juárez 112, colonia Centro, de este"
            " municipio, desde hace doce años, según los documentos que tuvo a la vista.",
            "Se expide a petición de la persona interesada para los usos legales que le convengan.",
        ),
        fundamento="",
        notas=(),
    )


def certificacion() -> DocumentContent:
    return paper(
        tipo="Certificación",
        titulo="Certificación",
        folio="SG/CERT/0210/2026",
        destinatario=(),
        parrafos=paragraphs(
            "La Secretaria General del Ayuntamiento, en uso de la facultad que le da la ley,"
            " certifica que las copias que anteceden concuerdan fielmente con sus originales, que"
            " tuvo a la vista y obran en el archivo municipal.",
        ),
        fundamento="",
        notas=(),
        extra={
            "hechos": [
                ["Documento", "Acta de la sesión ordinaria de Cabildo 014/2026"],
                ["Fojas útiles", "12 (doce), por un solo lado"],
                ["Solicitud", "SJV-2026-004402"],
            ]
        },
    )


def cedula() -> DocumentContent:
    return paper(
        tipo="Cédula de notificación",
        titulo="Cédula de notificación personal",
        folio="SG/NOT/0055/2026",
        asunto="Resolución SG/RES/031/2026",
        parrafos=paragraphs(
            "En el domicilio señalado, la persona notificadora se cercioró de ser el correcto y"
            " entregó copia íntegra de la resolución a quien aquí se indica.",
        ),
        fundamento="Ley de procedimiento administrativo, artículos 38 y 39.",
        firmantes=(SUPLENTE,),
        notas=(),
        extra={
            "campos": [
                ["Fecha y hora", ""],
                ["Con quién se entendió la diligencia", ""],
                ["Se identificó con", ""],
                ["Señas del domicilio", "Fachada blanca de dos niveles, portón verde"],
            ],
            "firman_a_mano": ["Nombre y firma de quien recibe", "Testigo"],
        },
    )


def minutario(rows: int = 60) -> DocumentContent:
    return paper(
        tipo="Minutario",
        titulo="Minutario de oficios 2026",
        folio="SG-2026",
        asunto="Serie SG, del 1 de enero al 24 de noviembre de 2026",
        destinatario=(),
        parrafos=(),
        fundamento="",
        firmantes=(),
        notas=(),
        tablas=(
            Table(
                ("Folio", "Fecha", "Dirigido a", "Asunto", "Firmó", "Estado"),
                tuple(
                    (
                        f"SG/{i:04d}/2026",
                        "24/11/2026",
                        "C. María Ñuñez Peña",
                        "Se responde su petición sobre el alumbrado de la calle Benito Juárez",
                        "Amalia Reyes Ortega",
                        "Cancelado" if i % 9 == 0 else "Vigente",
                    )
                    for i in range(1, rows + 1)
                ),
                anchos=(2, 1.5, 3, 5, 3, 1.5),
            ),
        ),
    )


def receipt_extra() -> dict:
    """What the receipt prints today, as portal.public hands it over."""
    days = ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"]
    kinds = [("out", 0), ("start", 0), ("count", 1), ("count", 2), ("count", 3), *[("off", 0)] * 2]
    second = [("count", 4), ("count", 5), ("holiday", 0), ("count", 6), ("count", 7)]
    third = [("count", 8), ("count", 9), ("due", 10), *[("out", 0)] * 4]
    weeks = [kinds, [*second, ("off", 0), ("off", 0)], third]
    return {
        "palabras": {
            "titulo": "Acuse de recibo",
            "folio": "Folio",
            "vence": "Deben responderle a más tardar el",
            "porque": "Por qué esa fecha",
            "archivos": "Archivos recibidos",
            "huella": "Huella de lo presentado (SHA-256)",
            "huella_ayuda": "Identifica el contenido exacto de su escrito.",
            "seguir": "Siga su asunto",
            "seguir_ayuda": "Con este código llega a su asunto sin escribir el PIN.",
            "pie": "Este acuse prueba la fecha y la hora de recepción y el contenido presentado.",
            "dias": days,
            "clave_cuenta": "Día que cuenta, con su número",
            "clave_inhabil": "Día inhábil",
            "clave_vence": "Vence",
            "recibido": "recibido",
        },
        "folio": "SJV-2026-004381",
        "hechos": [
            ["Recibido", "martes 24 de noviembre de 2026, 19:42:08 h (hora del centro)"],
            ["Clase", "Reporte"],
            ["Asunto", "Luminaria apagada"],
            ["Lugar", "Benito Juárez 112, Centro"],
            ["Lo atiende", "Dirección de Servicios Públicos"],
            ["Presentado por", "Internet"],
        ],
        "huella": HASH,
        "archivos": [{"nombre": "poste.jpg", "tamano": "84 kB", "sha256": HASH}],
        "vence": "miércoles 9 de diciembre de 2026",
        "cuenta": {
            "titulo": "Cuenta de los 10 días hábiles",
            "hechos": [
                ["Inicio", "La cuenta empieza al día siguiente, miércoles 25."],
                ["Plazo", "10 días hábiles"],
                ["No cuentan", "sábados y domingos\nmiércoles 2 de diciembre"],
            ],
            "semanas": [
                [
                    {"dia": str(20 + i), "clase": kind, "numero": number}
                    for i, (kind, number) in enumerate(week)
                ]
                for week in weeks
            ],
        },
        "url": "https://ventanilla.sanjacinto.example/seguimiento/eyJhIjoxfQ:1vN0:abcdefgh",
    }


def acuse() -> DocumentContent:
    return paper(
        tipo="Acuse de recibo",
        titulo="Acuse de recibo",
        folio="SJV-2026-004381",
        destinatario=(),
        parrafos=(),
        fundamento="",
        firmantes=(),
        notas=(),
        extra=receipt_extra(),
    )


def secciones() -> DocumentContent:
    return paper(
        tipo="Gaceta Municipal",
        titulo="Gaceta Municipal",
        folio="GAC-2026-000012",
        asunto="Gaceta 12/2026",
        destinatario=(),
        parrafos=paragraphs("Número 12 del año 2026, del viernes 4 de diciembre de 2026."),
        notas=(),
        extra={
            "secciones": [
                {"titulo": "Sumario", "detalle": "", "texto": "1. ACU-2026-000031, Bacheo"},
                {
                    "titulo": "Programa de bacheo",
                    "detalle": "ACU-2026-000031. Sesión ordinaria 12/2026",
                    "texto": "Se aprueba el programa.\n\nSe instruye publicar su avance.",
                },
            ]
        },
    )


PAPERS = {
    "oficio": paper,
    "acuse": acuse,
    "circular": circular,
    "nombramiento": nombramiento,
    "decreto": decreto,
    "resolucion": resolucion,
    "constancia": constancia,
    "certificacion": certificacion,
    "cedula": cedula,
    "secciones": secciones,
    "minutario": minutario,
}
