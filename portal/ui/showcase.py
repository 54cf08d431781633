"""Sample data of the page of components. Invented; nothing here reaches production."""

import datetime as dt

from django import forms
from django.utils import timezone

from . import calendars, charts, maps, quantiles, rulers
from .forms import explain, prefix
from .icons import ICONS
from .widgets import CodeInput, DateInput, MultipleFileField, PhoneInput

START = dt.date(2026, 11, 24)
HOLIDAY = dt.date(2026, 12, 2)
PAUSED = (dt.date(2026, 11, 30),)


class SampleForm(forms.Form):
    """One field of each kind."""

    nombre = forms.CharField(label="Nombre", required=False)
    colonia = forms.ChoiceField(label="Colonia", choices=[("", "Elija"), ("1", "Guadalupe")])
    celular = forms.CharField(
        label="Celular", help_text="10 dígitos, con lada.", widget=PhoneInput, min_length=10
    )
    fecha = forms.DateField(label="Desde cuándo", widget=DateInput, required=False)
    veces = forms.IntegerField(label="Cuántas veces", required=False, min_value=1)
    codigo = forms.CharField(label="Código de 6 cifras", widget=CodeInput, required=False)
    relato = forms.CharField(
        label="Qué pasa",
        help_text="Qué es, desde cuándo y a quién afecta.",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        min_length=20,
    )
    via = forms.ChoiceField(
        label="Avisarme por",
        widget=forms.RadioSelect,
        choices=[("sms", "Mensaje SMS"), ("correo", "Correo")],
    )
    servicio = forms.ChoiceField(
        label="Servicio",
        required=False,
        choices=[("", "Elija"), ("1", "Luminaria apagada"), ("2", "Poda de árbol")],
        widget=forms.Select(attrs={"data-combobox": True}),
    )
    temas = forms.MultipleChoiceField(
        label="Temas",
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Alumbrado"), ("b", "Baches")],
        required=False,
    )
    aviso = forms.BooleanField(
        label="Leí el aviso de privacidad", help_text="Sus datos solo sirven para este asunto."
    )
    fotos = MultipleFileField(
        label="Fotos o documentos", required=False, help_text="JPG, PNG o PDF; hasta 10 MB."
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        explain(self.fields["via"], {"sms": "Sin costo para usted"})
        prefix(self.fields["celular"], "+52")


def _days() -> list[dict]:
    days, number, day = [{"date": START, "kind": "start"}], 0, START
    while number < 10:
        day += dt.timedelta(days=1)
        if day == HOLIDAY:
            days.append({"date": day, "kind": "off", "title": "fundación del municipio"})
        elif day.weekday() > 4:
            days.append({"date": day, "kind": "off"})
        elif day in PAUSED:
            days.append({"date": day, "kind": "pause", "today": True})
        else:
            number += 1
            kind = "due" if number == 10 else "count"
            days.append({"date": day, "kind": kind, "number": number})
    return days


def _map() -> maps.MapPicture:
    square = [[-96.72, 17.06], [-96.70, 17.06], [-96.70, 17.08], [-96.72, 17.08], [-96.72, 17.06]]
    moved = [[lon + 0.02, lat] for lon, lat in square]
    return maps.map_picture(
        title="Asuntos abiertos por colonia",
        areas=[
            maps.Area("Guadalupe", {"type": "Polygon", "coordinates": [square]}, "#c7", 1),
            maps.Area("El Mirador", [moved], level=3),
        ],
        pins=[
            maps.Pin(-96.71, 17.07, "SJV-2026-004381", "#c7"),
            maps.Pin(-96.69, 17.068, "12 asuntos", kind="dot", weight=12),
        ],
        names=True,
        height=300,
    )


def _events() -> list[dict]:
    moment = timezone.make_aware(dt.datetime(2026, 11, 24, 9, 2))
    return [
        {"kind": "hecho", "title": "Recibido", "when": moment, "who": "Ventanilla"},
        {
            "kind": "ciudadano",
            "title": "Usted agregó una foto",
            "when": moment + dt.timedelta(hours=9),
            "attachments": [{"name": "foto.jpg", "url": "#c8", "size": 1_200_000}],
        },
        {"kind": "autoridad", "title": "Se turnó a Servicios Públicos", "icon": "turnar"},
        {"kind": "ahora", "title": "Ana está respondiendo", "when": "ahora"},
    ]


def _figure() -> charts.Figure:
    return charts.bars_and_line(
        labels=["7 sep", "14", "21", "28", "5 oct", "12", "19", "26", "2 nov", "9", "16", "23"],
        bars=[268, 281, 255, 290, 312, 301, 276, 334, 318, 297, 288, 341],
        line=[240, 262, 270, 268, 281, 309, 290, 302, 325, 311, 296, 318],
        bar_label="Recibidos",
        line_label="Contestados",
        title="Asuntos recibidos y contestados por semana",
        first_column="Semana del",
    )


COUNTS = {"vencida": 9, "por_vencer": 14, "en_tiempo": 58, "pausada": 7}


def sample_context(request) -> dict:
    """Everything ``ui/componentes.html`` shows."""
    bad = SampleForm({"celular": "951 204", "relato": "corto"})
    return {
        "migas": [{"label": "Inicio", "url": "/"}, {"label": "Componentes"}],
        "clean_form": SampleForm(auto_id="limpio_%s"),
        "bad_form": bad,
        "upload_form": SampleForm(auto_id="subir_%s"),
        "grid": calendars.day_grid(_days(), name="Cuenta de los 10 días hábiles"),
        "events": _events(),
        "figure": _figure(),
        "semaphore": charts.semaphore_figure(COUNTS, title="Asuntos abiertos por semáforo"),
        "times": quantiles.quantile_figure(
            [("Obras Públicas", 9, 14, 21), ("Agua Potable y Drenaje", 7, 12, 19)],
            title="Días hábiles hasta la respuesta, últimos 90 días",
            first_column="Dependencia",
        ),
        "spark": charts.sparkline([3, 5, 4, 8, 6, 9], title="Sube de 3 a 9 en seis semanas"),
        "counts": COUNTS,
        "picture": _map(),
        "regla": rulers.ruler(
            total=15,
            done=10,
            summary="Van 10 de 15 días hábiles; hubo una pausa de 4 días después del quinto",
            labels={1: "18 nov", 5: "24 nov", 10: "8 dic", 15: "15 dic"},
            pauses=[(5, "pausa")],
        ),
        **_lists(),
    }


def _lists() -> dict:
    return {
        "moment": timezone.now() - dt.timedelta(minutes=5),
        "day": dt.date(2026, 12, 15),
        "pasos": range(6),
        "icon_names": list(ICONS),
        "sum_rows": [
            {"label": "Tipo", "value": "Reportar una falla", "url": "#c10"},
            {"label": "Lugar", "value": "Benito Juárez 112", "detail": "poste 0418", "url": "#c10"},
        ],
        "fact_rows": [
            {"label": "Atiende", "value": "Servicios Públicos"},
            {"label": "Celular", "value": "951 ••• ••03", "masked": True},
        ],
        "actions": [
            {"label": "Descargar acuse", "url": "#c10", "icon": "descargar", "primary": True},
            {"label": "Imprimir", "url": "#c10", "icon": "imprimir", "print": True},
        ],
        "tabs": [
            {"label": "Por vencer", "url": "#c7", "current": True, "count": 52},
            {"label": "Míos", "url": "#c7", "count": 1200},
        ],
        "chips": [
            {"label": "Estado", "value": "abiertos", "url": "#c5", "on": True},
            {"label": "Vencidos", "url": "#c5", "count": 2},
        ],
        **_progress(),
        "files": [
            {"name": "lampara.jpg", "size": 1_200_000, "note": "revisado", "icon": "foto"},
            {"name": "video.mov", "error": "Es muy grande: 48 MB. Envíe uno de hasta 10 MB"},
        ],
        "bulk_actions": [{"name": "acto", "value": "turnar", "label": "Turnar…", "icon": "turnar"}],
        "empty_actions": [{"label": "Quitar ese filtro", "url": "#c11"}],
    }


def _progress() -> dict:
    return {
        "totals": [
            {"label": "Abiertos", "value": 1662, "note": "31 entraron hoy"},
            {"label": "Vencidos", "value": 27, "status": "vencida", "url": "#c9"},
            {"label": "En pausa", "value": 56, "status": "pausada"},
        ],
        "lanes": [
            {
                "label": "Hoy, mar 8 dic",
                "now": True,
                "count": 11,
                "items": [{"title": "Fuga", "url": "#c9", "folio": "004391", "office": "Agua"}],
                "more": 10,
                "more_url": "#c9",
            },
            {"label": "mié 9 dic", "count": 0, "items": []},
        ],
        "etapas": [
            {"label": "Recibida", "status": "done"},
            {"label": "Turnada", "status": "done"},
            {"label": "Falta un dato suyo", "status": "now", "icon": "pausa"},
            {"label": "Respuesta", "icon": "editar"},
            {"label": "Concluida"},
        ],
    }
