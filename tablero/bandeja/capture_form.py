"""The counter's form: everything about a new case on one page."""

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.ui.widgets import DateInput, MultipleFileField, PhoneInput
from tramites.constants import MAX_TEXT, Canal, TipoPregunta
from tramites.models import Colonia, Pregunta, Servicio
from tramites.services import Contact, Filing, Place

from .kept_files import KeptFiles

CHANNELS = [(c.value, c.label) for c in (Canal.VENTANILLA, Canal.TELEFONO, Canal.ESCRITO)]
QUESTION = "pregunta."


def new_key() -> str:
    """The name of one submission: sent twice it is still one case."""
    return secrets.token_hex(16)


def question_field(question: Pregunta) -> forms.Field:
    """The control of a service's question. What is required or well-formed the service decides."""
    common = {"label": str(question), "required": False, "help_text": question.ayuda}
    options = [(option, option) for option in question.opciones]
    kinds = {
        TipoPregunta.TEXTO: lambda: forms.CharField(**common),
        TipoPregunta.TEXTO_LARGO: lambda: forms.CharField(
            widget=forms.Textarea(attrs={"rows": 3}), **common
        ),
        TipoPregunta.NUMERO: lambda: forms.CharField(
            widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "input--w10"}), **common
        ),
        TipoPregunta.FECHA: lambda: forms.CharField(widget=DateInput(), **common),
        TipoPregunta.OPCION: lambda: forms.ChoiceField(choices=[("", "—"), *options], **common),
        TipoPregunta.OPCIONES: lambda: forms.MultipleChoiceField(
            choices=options, widget=forms.CheckboxSelectMultiple, **common
        ),
        TipoPregunta.SI_NO: lambda: forms.ChoiceField(
            choices=[("", "—"), ("si", _("Sí")), ("no", _("No"))], **common
        ),
    }
    field = kinds[TipoPregunta(question.tipo)]()
    field.requerida = question.requerida
    return field


class ServiceSelect(forms.Select):
    """Options grouped by theme, each with the words by which it is looked for."""

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        service = getattr(value, "instance", None)
        if service is not None:
            option["attrs"]["data-words"] = service.busqueda
        return option


class CaptureForm(KeptFiles, forms.Form):
    """What the person at the counter says, in the order in which it is asked."""

    clave = forms.CharField(widget=forms.HiddenInput)
    nombre = forms.CharField(label=_("Nombre"), required=False, max_length=160)
    telefono = forms.CharField(
        label=_("Celular"), required=False, max_length=20, widget=PhoneInput()
    )
    correo = forms.CharField(
        label=_("Correo"), required=False, max_length=254, widget=forms.EmailInput()
    )
    domicilio = forms.CharField(label=_("Domicilio"), required=False, max_length=300)
    acepta_electronico = forms.BooleanField(
        label=_("Acepta que se le avise por SMS o correo"), required=False
    )
    direccion = forms.CharField(label=_("Calle y número"), required=False, max_length=300)
    colonia = forms.ModelChoiceField(
        Colonia.objects.none(), label=_("Colonia"), required=False, empty_label=_("Sin colonia")
    )
    referencia = forms.CharField(label=_("Referencia"), required=False, max_length=300)
    servicio = forms.ModelChoiceField(
        Servicio.objects.none(),
        label=_("Asunto"),
        empty_label=_("Elija el asunto"),
        widget=ServiceSelect(attrs={"data-combobox": ""}),
        error_messages={
            "required": _("Elija de qué asunto se trata."),
            "invalid_choice": _("Ese asunto ya no se recibe. Elija otro de la lista."),
        },
    )
    canal = forms.ChoiceField(label=_("Entró por"), choices=CHANNELS)
    descripcion = forms.CharField(
        label=_("En sus palabras"),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Escriba lo que pide la persona.")},
    )
    adjuntos = MultipleFileField(label=_("Escaneo o foto"), required=False)
    recibidos = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, viewer, service: Servicio | None = None, **kwargs) -> None:
        self.viewer, self.service = viewer, service
        super().__init__(*args, **kwargs)
        self.fields["colonia"].queryset = Colonia.objects.defer("poligono").order_by("nombre")
        services = Servicio.objects.filter(activo=True).select_related("tema")
        self.fields["servicio"].queryset = services.order_by("tema__orden", "orden", "nombre")
        self.questions = list(service.preguntas.all()) if service else []
        for question in self.questions:
            self.fields[QUESTION + question.clave] = question_field(question)

    def question_fields(self) -> list:
        """The bound fields of the service's questions."""
        return [self[QUESTION + question.clave] for question in self.questions]

    def files_belong_to(self) -> str:
        return f"captura.{self.data.get('clave', '')}.{self.viewer.pk}"

    def filing(self, files: list) -> Filing:
        """What was typed, as the filing service takes it."""
        data = self.cleaned_data
        colonia = data["colonia"]
        return Filing(
            servicio_id=data["servicio"].pk,
            descripcion=data["descripcion"],
            canal=data["canal"],
            clave_idempotencia=data["clave"],
            respuestas={
                question.clave: answer
                for question in self.questions
                if (answer := data.get(QUESTION + question.clave))
            },
            lugar=Place(
                direccion=data["direccion"],
                referencia=data["referencia"],
                colonia_id=colonia.pk if colonia else None,
            ),
            contacto=Contact(
                nombre=data["nombre"],
                telefono=phone_number(data["telefono"]),
                correo=data["correo"],
                domicilio=data["domicilio"],
                acepta_electronico=data["acepta_electronico"],
            ),
            adjuntos=files,
        )


def phone_number(typed: str) -> str:
    """Ten digits of Mexico in E.164; what is not that stays, for the service to say so."""
    digits = "".join(c for c in typed if c.isdigit())
    if len(digits) == 10:
        return f"+52{digits}"
    return f"+{digits}" if len(digits) == 12 and digits.startswith("52") else typed


#: Where a fault that the filing service names stands on this page.
FAULT_FIELDS = {"lugar": "direccion", "contacto": "telefono", "archivo": "adjuntos"}
