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
NOTICE = CASE | {Rol.ADMINISTRADOR: 200, Rol.CONSULTA: 404}

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
    "bandeja:datos": staff(302),
    "bandeja:masivo": staff(405),
    "bandeja:masivo_aplicar": staff(405),
    # dashboards
    **{
        f"panel:{name}": staff(without_post=403)
        for name in ("panel", "muro", "dias_csv", "semaforo_csv")
    },
    # outbox
    "avisos:lista": staff(without_post=403) | {Rol.CONSULTA: 403},
    "avisos:aviso": NOTICE,
    "avisos:correo": staff(404),
    "avisos:descartar": NOTICE | dict.fromkeys([Rol.VENTANILLA, Rol.ENLACE, Rol.JURIDICO], 403),
    "avisos:reenviar": staff(405),
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
    **{f"public:{name}": anyone(405) for name in ("contestar", "inconforme", "resuelto")},
    # programs: a session opens nothing, the token does
    **{f"api:{name}": anyone(200) for name in ("indice", "servicios", "servicio", "colonias")},
    **{f"api:{name}": anyone(200) for name in ("esquema", "documentacion", "problemas")},
    "api:problema": anyone(200),
    "api:desconocida": anyone(200),
    "desconocida": anyone(404),
    **{f"api:{name}": anyone(405) for name in ("adjuntos", "peticiones", "seguimiento")},
    **{
        f"api:{name}": anyone(401)
        for name in ("bandeja", "peticion", "adjunto", "sesion", "solicitante")
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
