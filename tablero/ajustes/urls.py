import datetime as dt

from django.urls import path, register_converter

from .views import calendar, catalogue, home, offices, people, routing, rules, substitutions

app_name = "ajustes"


class DateConverter:
    """A date in an address: 2026-05-01."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> dt.date:
        return dt.date.fromisoformat(value)

    def to_url(self, value: dt.date) -> str:
        return value.isoformat()


register_converter(DateConverter, "fecha")

urlpatterns = [
    path("", home.home, name="inicio"),
    path("calendario/", calendar.year_page, name="calendario"),
    path("calendario/agregar/", calendar.add_days, name="calendario_agregar"),
    path("calendario/quitar/<fecha:fecha>/", calendar.remove_day, name="calendario_quitar"),
    path("calendario/cargar/<int:ejercicio>/", calendar.load_next, name="calendario_cargar"),
    path("calendario/versiones/", calendar.versions, name="calendario_versiones"),
    path("reglas/", rules.rule_list, name="reglas"),
    path("reglas/nueva/", rules.new_rule, name="regla_nueva"),
    path("reglas/<slug:clave>/", rules.rule_page, name="regla"),
    path("reglas/<slug:clave>/version/", rules.new_version, name="regla_version"),
    path("catalogo/", catalogue.service_list, name="catalogo"),
    path("catalogo/servicios/nuevo/", catalogue.edit_service, name="servicio_nuevo"),
    path("catalogo/servicios/<int:pk>/", catalogue.service_page, name="servicio"),
    path("catalogo/servicios/<int:pk>/editar/", catalogue.edit_service, name="servicio_editar"),
    path(
        "catalogo/servicios/<int:pk>/preguntas/nueva/",
        catalogue.edit_question,
        name="pregunta_nueva",
    ),
    path(
        "catalogo/servicios/<int:pk>/preguntas/<int:pregunta>/",
        catalogue.edit_question,
        name="pregunta",
    ),
    path(
        "catalogo/servicios/<int:pk>/preguntas/<int:pregunta>/quitar/",
        catalogue.drop_question,
        name="pregunta_quitar",
    ),
    path("catalogo/temas/nuevo/", catalogue.edit_theme, name="tema_nuevo"),
    path("catalogo/temas/<int:pk>/", catalogue.edit_theme, name="tema"),
    path("turno/", routing.table_page, name="turno"),
    path("turno/nueva/", routing.edit_line, name="turno_nueva"),
    path("turno/<int:pk>/", routing.edit_line, name="turno_editar"),
    path("turno/<int:pk>/mover/", routing.move, name="turno_mover"),
    path("dependencias/", offices.office_list, name="dependencias"),
    path("dependencias/nueva/", offices.new_office, name="dependencia_nueva"),
    path("dependencias/<int:pk>/", offices.edit_office, name="dependencia"),
    path("personal/", people.people_list, name="personal"),
    path("personal/nueva/", people.new_person, name="persona_nueva"),
    path("personal/requisitos/", people.requirements, name="requisitos"),
    path("personal/<int:pk>/", people.person_page, name="persona"),
    path("personal/<int:pk>/editar/", people.edit_person, name="persona_editar"),
    path("personal/<int:pk>/clave/", people.reset_password, name="persona_clave"),
    path("personal/<int:pk>/baja/", people.retire, name="persona_baja"),
    path("personal/<int:pk>/alta/", people.restore, name="persona_alta"),
    path("personal/<int:pk>/factor/", people.drop_second_factor, name="persona_factor"),
    path("personal/<int:pk>/cargos/<int:cargo>/", people.end_post_page, name="persona_cargo"),
    path("suplencias/", substitutions.substitution_list, name="suplencias"),
    path("suplencias/nueva/", substitutions.new_substitution, name="suplencia_nueva"),
    path(
        "suplencias/<int:pk>/terminar/",
        substitutions.end_substitution_page,
        name="suplencia_terminar",
    ),
]
