"""
Every named address, asked for by nobody and by each role: one line each, and none without a line.

The columns: nobody; each role in the office that holds the case; the same two office roles in
another office; and an account without any post.
"""

import pytest

from portal.accounts.constants import Rol

from .matrix import World, all_names

pytestmark = pytest.mark.django_db

NOBODY = "nadie"
STAFF = [*Rol]
OTHERS = ["enlace_ajeno", "titular_ajeno"]
COLUMNS = [NOBODY, *STAFF, *OTHERS, "sin_cargo"]


def anyone(code: int) -> dict[str, int]:
    """The same answer for everybody."""
    return dict.fromkeys(COLUMNS, code)


def only(*roles: str, allowed: int = 200, refused: int = 403) -> dict[str, int]:
    """``allowed`` for those roles wherever they work; nobody is sent to sign in."""
    codes = {
        column: allowed if column.removesuffix("_ajeno") in roles else refused for column in COLUMNS
    }
    return codes | {NOBODY: 302}


def staff(code: int = 200, *, without_post: int | None = None) -> dict[str, int]:
    """Everybody signed in; ``without_post`` for an account that holds none."""
    return anyone(code) | {NOBODY: 302, "sin_cargo": code if without_post is None else without_post}


ADMINISTRATION = only(Rol.ADMINISTRADOR)
CALENDAR = only(Rol.ADMINISTRADOR, Rol.SECRETARIA, Rol.JURIDICO)
COUNTER = only(Rol.VENTANILLA, Rol.SECRETARIA)
CASE = staff() | dict.fromkeys([Rol.ADMINISTRADOR, *OTHERS, "sin_cargo"], 404)
#: A draft is for its office, the Secretaría and the lawyers.
DRAFT = CASE | {Rol.VENTANILLA: 404, Rol.CONSULTA: 404}
WRITERS = only(Rol.ENLACE, Rol.TITULAR, Rol.SECRETARIA, Rol.JURIDICO)
DRAFTERS = (Rol.SECRETARIA, Rol.TITULAR, Rol.ENLACE, Rol.JURIDICO)
BATCH = staff(404) | {Rol.SECRETARIA: 200, Rol.TITULAR: 200}
TEMPLATES = only(Rol.ADMINISTRADOR, Rol.SECRETARIA)
REGISTER = only(Rol.ENLACE, Rol.TITULAR, Rol.SECRETARIA, Rol.JURIDICO, Rol.CONSULTA)
#: A request for a copy is for the counter, for oversight and for whoever sees its document.
COPY = CASE
COPY_READERS = (Rol.ENLACE, Rol.TITULAR, Rol.JURIDICO, Rol.CONSULTA)
NOTICE = CASE | {Rol.ADMINISTRADOR: 200, Rol.CONSULTA: 404}

KEEPERS = only(Rol.SECRETARIA)
#: Actas are for the members, the Secretaría, the lawyers and oversight.
ACTAS = only(Rol.SECRETARIA, Rol.JURIDICO, Rol.CONSULTA)
ACTAS_POST = staff(405)
#: A charge is for its office and oversight; these look on.
CHARGE = CASE | {Rol.VENTANILLA: 404, "sin_cargo": 403}
ONLOOKERS = (Rol.SECRETARIA, Rol.JURIDICO, Rol.CONSULTA)
#: An item is for its office, the Secretaría, the lawyers and oversight.
ITEM = CASE | {Rol.VENTANILLA: 404, "sin_cargo": 403}
ITEM_WRITERS = ITEM | {Rol.JURIDICO: 403, Rol.CONSULTA: 403}

TABLE = {
    "salud": anyone(503),
    "tablero:inicio": staff(),
    "cuenta_yo": staff(),
    "cuenta_ficha_nueva": anyone(405),
    "cuenta_ficha_revocar": staff(404),
    # settings
    **{f"ajustes:{name}": CALENDAR for name in ("inicio", "calendario", "calendario_agregar")},
    "ajustes:calendario_cargar": CALENDAR,
    "ajustes:calendario_quitar": CALENDAR,
    "ajustes:calendario_versiones": CALENDAR,
    **{f"ajustes:{name}": ADMINISTRATION for name in ("reglas", "regla", "regla_nueva")},
    "ajustes:regla_version": ADMINISTRATION,
    **{f"ajustes:{name}": ADMINISTRATION for name in ("catalogo", "tema", "tema_nuevo")},
    **{f"ajustes:servicio{name}": ADMINISTRATION for name in ("", "_nuevo", "_editar")},
    **{f"ajustes:pregunta{name}": ADMINISTRATION for name in ("", "_nueva", "_quitar")},
    **{f"ajustes:turno{name}": ADMINISTRATION for name in ("", "_nueva", "_editar")},
    "ajustes:turno_mover": only(Rol.ADMINISTRADOR, allowed=302),
    **{f"ajustes:{name}": ADMINISTRATION for name in ("personal", "persona", "persona_nueva")},
    **{f"ajustes:persona_{name}": ADMINISTRATION for name in ("editar", "clave", "baja", "alta")},
    **{f"ajustes:persona_{name}": ADMINISTRATION for name in ("factor", "cargo")},
    "ajustes:requisitos": ADMINISTRATION,
    **{f"ajustes:suplencia{name}": ADMINISTRATION for name in ("s", "_nueva", "_terminar")},
    **{f"ajustes:dependencia{name}": ADMINISTRATION for name in ("s", "", "_nueva")},
    # inbox
    "bandeja:lista": staff(),
    "bandeja:exportar": staff(),
    **{f"bandeja:captura{name}": COUNTER for name in ("", "_dicho", "_preguntas")},
    "bandeja:expediente": CASE,
    "bandeja:acto": CASE | {Rol.CONSULTA: 403},
    "bandeja:adjunto": staff(404),
    "bandeja:documento": staff(404),
    "bandeja:datos": staff(302),
    "bandeja:masivo": staff(405),
    "bandeja:masivo_aplicar": staff(405),
    # documents
    **{f"documentos:{name}": staff() for name in ("lista", "exportar", "nuevo")},
    "documentos:redactar": WRITERS,
    "documentos:previa_nueva": staff(405),
    "documentos:previa": staff(405),
    **{f"documentos:{name}": DRAFT for name in ("documento", "pagina", "pdf")},
    **{f"documentos:{name}": DRAFT for name in ("versiones", "integridad", "atender")},
    **{f"documentos:{name}": DRAFT for name in ("editar", "acto")},
    # dashboards
    **{
        f"panel:{name}": staff(without_post=403)
        for name in ("panel", "muro", "dias_csv", "semaforo_csv")
    },
    # documents
    "documentos:lotes": only(*DRAFTERS),
    "documentos:lote_nuevo": only(*DRAFTERS),
    "documentos:lote_subir": only(Rol.SECRETARIA, Rol.TITULAR, Rol.ENLACE),
    "documentos:lote_plantilla": only(Rol.SECRETARIA, Rol.TITULAR, Rol.ENLACE),
    **{f"documentos:lote{name}": BATCH for name in ("", "_muestra", "_errores", "_zip")},
    **{f"documentos:lote_{name}": BATCH for name in ("emitir", "cancelar")},
    **{f"documentos:lote_{name}": staff(405) for name in ("reintentar", "cerrar")},
    **{f"documentos:cargo{name}": staff(without_post=403) for name in ("", "s", "s_relacion")},
    "documentos:copias": staff(without_post=403),
    "documentos:copias_registro": staff(without_post=403),
    "documentos:copia_nueva": only(*DRAFTERS, Rol.VENTANILLA),
    **{f"documentos:copia{name}": COPY for name in ("", "_paginas")},
    "documentos:copia_acto": COPY | dict.fromkeys(COPY_READERS, 403),
    "documentos:notificaciones": staff(without_post=403),
    "documentos:notificacion": DRAFT,
    "documentos:notificacion_evidencia": staff(404),
    "documentos:notificacion_papel": staff(405),
    **{
        f"documentos:{name}": {k: 409 if v == 200 else v for k, v in DRAFT.items()}
        for name in ("notificar", "notificacion_acto")
    },
    # outbox
    "avisos:lista": staff(without_post=403) | {Rol.CONSULTA: 403},
    "avisos:aviso": NOTICE,
    "avisos:correo": staff(404),
    "avisos:descartar": NOTICE | dict.fromkeys([Rol.VENTANILLA, Rol.ENLACE, Rol.JURIDICO], 403),
    "avisos:reenviar": staff(405),
    # documents: signing, the register, templates
    "documentos:firmar_lote": staff(),
    **{
        f"documentos:{name}": {k: 403 if v == 200 else v for k, v in DRAFT.items()}
        for name in ("firmar", "rechazar")
    },
    "documentos:firmado": {k: 409 if v == 200 else v for k, v in DRAFT.items()},
    "documentos:minutario": REGISTER,
    "documentos:minutario_xlsx": {k: 404 if v == 200 else v for k, v in REGISTER.items()},
    "documentos:minutario_pdf": {k: 404 if v == 200 else v for k, v in REGISTER.items()},
    **{f"documentos:plantilla{name}": TEMPLATES for name in ("", "s", "_nueva", "_editar")},
    **{f"documentos:plantilla_{name}": TEMPLATES for name in ("reglas", "version", "comparar")},
    "documentos:plantilla_instalar": staff(405),
    # the Cabildo: who sits in it is public, who keeps it is the Secretaría
    **{
        f"cabildo:{name}": staff(without_post=403)
        for name in ("organos", "organo", "integrantes", "integrante", "reglas", "regla")
    },
    **{
        f"cabildo:{name}": KEEPERS
        for name in (
            *("organo_nuevo", "organo_editar", "asiento_nuevo", "asiento_editar"),
            *("asiento_ocupar", "ocupacion_protesta", "ocupacion_terminar", "ausencia_nueva"),
            *("ausencia_suplente", "ausencia_regreso", "integrante_nuevo", "integrante_editar"),
            *("regla_nueva", "regla_version"),
        )
    },
    **{f"cabildo:{name}": staff(without_post=403) for name in ("asuntos", "materias")},
    "cabildo:sesiones": staff(without_post=403),
    **{
        f"cabildo:sesion{name}": staff(404, without_post=403) | {Rol.SECRETARIA: 200}
        for name in ("", "_calendario")
    },
    **{f"cabildo:sesion_{name}": KEEPERS for name in ("nueva", "editar", "convocar", "cancelar")},
    "cabildo:punto_nuevo": KEEPERS,
    **{f"cabildo:estadistica{name}": staff(without_post=403) for name in ("", "_archivo")},
    "cabildo:sala": staff(403) | {Rol.SECRETARIA: 404},
    "cabildo:sala_acto": staff(405),
    "cabildo:pantalla": staff(404, without_post=403),
    "cabildo:mi_voto": staff(404, without_post=403),
    "cabildo:sesion_votos": staff(404, without_post=403),
    "cabildo:votacion": staff(without_post=403),
    "cabildo:punto_cambiar": staff(405),
    **{f"cabildo:materia{name}": KEEPERS for name in ("", "_nueva")},
    "cabildo:asunto_nuevo": only(Rol.SECRETARIA, Rol.TITULAR, Rol.ENLACE),
    "cabildo:asunto": ITEM,
    **{f"cabildo:asunto_{name}": ITEM_WRITERS for name in ("editar", "anexar", "acto")},
    "cabildo:asunto_anexo": ITEM,
    "cabildo:asunto_desanexar": ITEM_WRITERS,
    # what departments are charged with
    **{f"coordinacion:encargos{name}": staff(without_post=403) for name in ("", "_archivo")},
    "coordinacion:encargo": CHARGE,
    "coordinacion:encargo_acto": CHARGE | dict.fromkeys(ONLOOKERS, 403),
    "coordinacion:encargo_evidencia": staff(404, without_post=403),
    # actas and their books
    **{f"actas:{name}": ACTAS for name in ("actas", "libros", "custodia", "acta")},
    "actas:acta_levantar": ACTAS_POST,
    "actas:paquete": KEEPERS,
    "actas:libro": {k: 404 if v == 200 else v for k, v in ACTAS.items()},
    "actas:libro_nuevo": KEEPERS,
    "actas:libro_cerrar": KEEPERS,
    **{f"actas:acta_{name}": KEEPERS for name in ("seccion", "circular", "aprobar")},
    **{f"actas:acta_{name}": KEEPERS for name in ("asentar", "publica", "errata")},
    **{f"actas:acta_{name}": only(Rol.SECRETARIA, allowed=404) for name in ("resolver", "firma")},
    **{f"actas:acta_{name}": ACTAS for name in ("observar", "firmar")},
    # acuerdos and the Gaceta
    **{f"acuerdos:{name}": staff(without_post=403) for name in ("acuerdos", "acuerdo", "informe")},
    **{f"acuerdos:{name}": staff(without_post=403) for name in ("gacetas", "gaceta")},
    "acuerdos:informe_archivo": staff(without_post=403),
    **{f"acuerdos:acuerdo_{name}": KEEPERS for name in ("encargar", "revocar", "expedir")},
    **{f"acuerdos:gaceta_{name}": KEEPERS for name in ("publicar", "quitar")},
    "acuerdos:gaceta_reunir": staff(405),
    # vendors call these
    "notificaciones:sendgrid_eventos": anyone(405),
    "notificaciones:twilio_entrante": anyone(405),
    "notificaciones:twilio_estado": anyone(405),
    # citizens
    **{f"public:{name}": anyone(200) for name in ("inicio", "servicios", "servicio", "ayuda")},
    **{f"public:{name}": anyone(200) for name in ("privacidad", "accesibilidad", "plazos")},
    **{
        f"public:{name}": anyone(200)
        for name in ("robots", "sitemap", "manifest", "security", "sw", "sin_senal")
    },
    **{f"public:cifras{name}": anyone(200) for name in ("", "_semanas", "_dependencias")},
    "public:cifras_colonias": anyone(200),
    "public:colonias": anyone(200),
    "public:presentar": anyone(200),
    "public:presentar_asunto": anyone(200),
    **{f"public:presentar_{name}": anyone(302) for name in ("lugar", "relato", "contacto")},
    **{f"public:presentar_{name}": anyone(302) for name in ("codigo", "revision", "guardado")},
    "public:presentar_borrar": anyone(405),
    "public:seguimiento": anyone(200),
    "public:sw": anyone(200),
    "public:sin_senal": anyone(200),
    **{f"public:{name}": anyone(404) for name in ("acuse", "acuse_pdf", "seguimiento_caso")},
    **{f"public:{name}": anyone(404) for name in ("adjunto", "retirar")},
    **{f"public:{name}": anyone(404) for name in ("acuse_traduccion", "documento")},
    **{f"public:{name}": anyone(405) for name in ("contestar", "inconforme", "resuelto")},
    # sessions of the Cabildo
    "cabildo_publico:sesiones": anyone(200),
    "cabildo_publico:sesion": anyone(404),
    # OParl: anybody, from anywhere
    **{
        f"oparl:{name}": anyone(200)
        for name in ("system", "bodies", "body", "organizations", "persons", "meetings", "papers")
    },
    **{
        f"oparl:{name}": anyone(404)
        for name in (
            *("term", "organization", "person", "membership", "meeting", "location"),
            *("file", "agenda_item", "paper", "consultation"),
        )
    },
    **{f"acuerdos_publicos:{name}": anyone(200) for name in ("acuerdos", "acuerdo", "gacetas")},
    "acuerdos_publicos:gaceta": anyone(404),
    # verification of documents
    "verificar:inicio": anyone(200),
    **{f"verificar:{name}": anyone(404) for name in ("documento", "pdf", "certificado")},
    **{f"verificar:{name}": anyone(302) for name in ("archivo", "comparar")},
    **{f"recibir:{name}": anyone(404) for name in ("documento", "pdf", "constancia")},
    "api:verificar": anyone(400),
    "api:verificar_codigo": anyone(404),
    # programs: a session opens nothing, the token does
    **{f"api:{name}": anyone(200) for name in ("indice", "servicios", "servicio", "colonias")},
    **{f"api:{name}": anyone(200) for name in ("esquema", "documentacion", "problemas")},
    "api:problema": anyone(200),
    "api:desconocida": anyone(200),
    "desconocida": anyone(404),
    **{f"api:{name}": anyone(405) for name in ("adjuntos", "peticiones", "seguimiento")},
    "api:documento-propio": anyone(405),
    **{
        f"api:{name}": anyone(401)
        for name in ("bandeja", "peticion", "adjunto", "documento", "sesion", "solicitante")
    },
    # interface
    "ui:colores": anyone(200),
    "ui:tema": anyone(405),
    "ui:componentes": anyone(404),
}


def expected(name: str) -> dict[str, int] | None:
    """The line of an address; acts of the API share one."""
    return anyone(401) if name.startswith("api:acto-") else TABLE.get(name)


def test_every_address_has_its_line_and_every_line_its_address():
    names = set(all_names())
    assert not {name for name in names if expected(name) is None}
    assert set(TABLE) <= names


@pytest.mark.slow
@pytest.mark.parametrize("column", COLUMNS)
def test_each_address_answers_as_its_line_says(client, column):
    world = World()
    if column != NOBODY:
        client.force_login(world.person(column))
    wrong = {}
    for name in all_names():
        line = expected(name)
        code = client.get(world.address(name)).status_code
        if line and code != line[column]:
            wrong[name] = (code, line[column])
    assert not wrong
