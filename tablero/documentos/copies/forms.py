"""What each page of a certified copy asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.documents.constants import MAX_REASON
from portal.ui.forms import depends

from ..constants import Cotejo
from ..forms import ActForm, long_text
from .services import MOST_COPIES


class RequestForm(forms.Form):
    """``of_document``: the copy is of a document of the house, and nothing need be brought."""

    solicitante = forms.CharField(label=_("Quién pide la copia"), max_length=160)
    interes = forms.CharField(
        label=_("Con qué interés, o cómo lo acredita"),
        max_length=300,
        help_text=_("Por ejemplo: es parte en el asunto; se identificó con credencial para votar."),
    )
    descripcion = forms.CharField(
        label=_("De qué es copia"),
        max_length=300,
        help_text=_("Por ejemplo: acta de la sesión ordinaria 14 del Cabildo, del 12 de mayo."),
    )
    archivo = forms.FileField(
        label=_("El original escaneado"),
        required=False,
        help_text=_("PDF de hasta 15 MB y 200 páginas."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf"}),
    )
    cotejo = forms.ChoiceField(
        label=_("Con qué se coteja"),
        choices=[pair for pair in Cotejo.choices if pair[0] != Cotejo.ELECTRONICO],
        widget=forms.RadioSelect,
        initial=Cotejo.ORIGINAL,
    )
    libro = forms.CharField(label=_("Libro o expediente"), max_length=160, required=False)
    foja = forms.CharField(label=_("Fojas"), max_length=60, required=False)
    paginas = forms.CharField(
        label=_("Qué páginas"),
        max_length=200,
        required=False,
        help_text=_("Por ejemplo: 1-3, 5. Si no escribe nada, todas."),
    )
    tantos = forms.IntegerField(
        label=_("Cuántos tantos"), min_value=1, max_value=MOST_COPIES, initial=1
    )

    OF_A_SCAN = ("descripcion", "archivo", "cotejo", "libro", "foja")

    def __init__(self, *args, of_document: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if of_document:
            for name in self.OF_A_SCAN:
                del self.fields[name]
        else:
            depends(self.fields["archivo"])


class PaymentForm(ActForm):
    recibo = depends(forms.CharField(label=_("Recibo de pago"), max_length=60, required=False))
    importe = depends(
        forms.DecimalField(
            label=_("Importe pagado, en pesos"),
            max_digits=10,
            decimal_places=2,
            min_value=0,
            required=False,
        )
    )
    exencion = depends(
        forms.CharField(
            label=_("O por qué está exenta"),
            max_length=300,
            required=False,
            help_text=_("Por ejemplo: la pide una autoridad; artículo 12 de la ley de ingresos."),
        )
    )


class RejectForm(ActForm):
    motivo = long_text(_("Por qué se rechaza"), maximum=MAX_REASON)


class DeliverForm(ActForm):
    entregada_a = forms.CharField(
        label=_("A quién se entregó"),
        max_length=160,
        help_text=_("Nombre e identificación de quien la recoge."),
    )
