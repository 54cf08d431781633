"""What each act asks for. The services check; these forms only carry what was typed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Dependencia, User
from portal.ui.widgets import MultipleFileField
from tramites.constants import MAX_TEXT, Resultado
from tramites.models import Peticion
from tramites.papers import is_formal

from .kept_files import KeptFiles
from .signing_fields import PAIR, signing_fields, take_credentials


def long_text(label, *, rows: int = 8, required: bool = True, help_text: str = "") -> forms.Field:
    """A text of up to ``MAX_TEXT`` characters."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=MAX_TEXT,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ActForm(forms.Form):
    """An act on a case as the person saw it: ``version`` tells whether it changed meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, case=None, viewer=None, **kwargs) -> None:
        self.case, self.viewer = case, viewer
        super().__init__(*args, **kwargs)

    def pair(self) -> list[forms.BoundField]:
        """The fields of who signs the act with a certificate of their own, if it is signed."""
        return []

    def plain_fields(self) -> list[forms.BoundField]:
        """The fields everybody fills in."""
        apart = {field.name for field in self.pair()}
        return [field for field in self.visible_fields() if field.name not in apart]

    def arguments(self) -> dict:
        """What the service takes besides case, actor and now."""
        return dict(self.cleaned_data)


class OfficeChoice(forms.ModelChoiceField):
    """An active office."""

    def __init__(self, label) -> None:
        super().__init__(
            Dependencia.objects.none(),
            label=label,
            empty_label=_("Elija una dependencia"),
            error_messages={
                "required": _("Elija a qué dependencia se turna."),
                "invalid_choice": _("Elija una dependencia de la lista."),
            },
        )


class AssignForm(ActForm):
    dependencia = OfficeChoice(_("Dependencia"))
    motivo = long_text(_("Motivo"), rows=4, help_text=_("Lo leerá la dependencia que recibe."))

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dependencia"].queryset = Dependencia.objects.filter(activa=True).exclude(
            pk=self.case.dependencia_id
        )

    def arguments(self) -> dict:
        data = super().arguments()
        return data | {"dependencia_id": data.pop("dependencia").pk}


class ReasonForm(ActForm):
    motivo = long_text(_("Motivo"), rows=4)


class AcceptForm(ActForm):
    responsable = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Quién lo atiende"),
        required=False,
        empty_label=_("Yo"),
        help_text=_("Puede encargarlo a otra persona de la dependencia."),
    )

    def __init__(self, *args, people=None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsable"].queryset = people if people is not None else User.objects.none()

    def arguments(self) -> dict:
        data = super().arguments()
        person = data.pop("responsable", None)
        return data | {"responsable_id": person.pk if person else None}


class CorrectionForm(ActForm):
    texto = long_text(
        _("Qué le falta"),
        help_text=_("La persona lo leerá tal cual. Diga qué debe completar y cómo entregarlo."),
    )


class ExtendForm(ActForm):
    cantidad = forms.IntegerField(
        label=_("Cuánto se amplía"),
        min_value=1,
        max_value=3650,
        widget=forms.NumberInput(attrs={"class": "input--w4"}),
        help_text=_("En la misma unidad del plazo. Sólo puede ampliarse una vez."),
    )
    motivo = long_text(_("Motivo"), rows=4, help_text=_("Se le comunica a la persona."))


class WithFiles(KeptFiles, ActForm):
    """An act with files."""

    adjuntos = MultipleFileField(
        label=_("Archivos"),
        required=False,
        help_text=_("Fotos o PDF, hasta 5 archivos de 10 MB cada uno."),
    )
    recibidos = forms.CharField(required=False, widget=forms.HiddenInput)

    def files_belong_to(self) -> str:
        return f"{self.case.pk}.{self.viewer.pk}"

    def arguments(self) -> dict:
        data = super().arguments()
        data.pop("recibidos", None)
        return data


class ReceiveForm(WithFiles):
    texto = long_text(_("Lo que entregó"), help_text=_("Transcriba lo que la persona completó."))

    field_order = ("texto", "adjuntos")


class AnswerForm(WithFiles):
    resultado = forms.ChoiceField(
        label=_("Resultado"), choices=Resultado.choices, widget=forms.RadioSelect
    )
    texto = long_text(
        _("Respuesta"),
        rows=10,
        help_text=_("La persona la leerá tal cual, en palabras sencillas."),
    )
    fundamento = forms.CharField(
        label=_("Fundamento"),
        required=False,
        max_length=400,
        help_text=_("Artículos que la sostienen. Hace falta si es improcedente."),
    )

    field_order = ("resultado", "texto", "fundamento", "adjuntos")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if self.signs:
            with_pair = any(self.files.get(self.add_prefix(name)) for name in PAIR[:2])
            self.fields |= signing_fields(with_pair=with_pair)
        self.fields["resultado"].detalles = {
            Resultado.RESUELTA: _("Se hizo o se entregó lo que pidió."),
            Resultado.CONTESTADA: _("Se le contesta; lo pedido queda pendiente o no se pudo."),
            Resultado.IMPROCEDENTE: _("La ley no permite lo que pide; diga por qué."),
        }

    @property
    def signs(self) -> bool:
        """Whether who answers signs the answer: that of a formal petition."""
        return isinstance(self.case, Peticion) and is_formal(self.case)

    def pair(self) -> list[forms.BoundField]:
        return [self[name] for name in PAIR] if self.signs else []

    def arguments(self) -> dict:
        data = super().arguments()
        return take_credentials(data) if self.signs else data


class DismissForm(ActForm):
    texto = long_text(_("Por qué se desecha"))
    fundamento = forms.CharField(label=_("Fundamento"), max_length=400)


class OrientForm(ActForm):
    autoridad_competente = forms.CharField(
        label=_("A quién le corresponde"),
        max_length=300,
        help_text=_("Nombre de la autoridad y, si lo sabe, dónde se le encuentra."),
    )
    texto = long_text(_("Explicación para la persona"), rows=6)


class MergeForm(ActForm):
    into_folio = forms.CharField(
        label=_("Folio del otro asunto"),
        max_length=24,
        help_text=_("La respuesta de ése contestará también éste."),
        widget=forms.TextInput(attrs={"class": "input--w20", "autocapitalize": "characters"}),
    )
    motivo = long_text(_("Motivo"), rows=4)


class ReopenForm(ActForm):
    texto = long_text(_("Con qué no está conforme la persona"), rows=6)


class NoteForm(ActForm):
    texto = long_text(
        _("Nota"), rows=5, help_text=_("Interna: nunca la ve quien presentó el asunto.")
    )


class EvidenceForm(WithFiles):
    adjuntos = MultipleFileField(
        label=_("Archivos"), help_text=_("Fotos o PDF, hasta 5 archivos de 10 MB cada uno.")
    )
