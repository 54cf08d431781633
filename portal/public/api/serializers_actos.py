"""What each act needs. Limits of length are those of the services, which check them again."""

from django.utils.translation import gettext as _
from rest_framework import serializers

from portal.accounts.models import Dependencia, User
from portal.core.errors import InvalidInputError
from portal.documents.services import Credentials
from tramites.constants import MAX_TEXT, Resultado

from .fields import (
    KeyField,
    OptionField,
    StrictSerializer,
    TextField,
    WholeNumberField,
    files_field,
)

REASON = 1000
BASIS = 400


def version_field() -> WholeNumberField:
    """The version of the case that was read; another one means that somebody acted meanwhile."""
    return WholeNumberField(min_value=1, help_text="La versión de la petición que se consultó.")


class VersionedSerializer(StrictSerializer):
    """An act on the case as it was read."""

    version = version_field()

    def arguments(self, data: dict) -> dict:
        """The service's arguments; here they have the same names."""
        return data


class AssignSerializer(VersionedSerializer):
    """Turnar: hand to an office."""

    dependencia = KeyField(help_text="Clave de la dependencia.")
    motivo = TextField(max_length=REASON)

    def arguments(self, data: dict) -> dict:
        clave = data.pop("dependencia")
        rows = Dependencia.objects.filter(clave=clave, activa=True)
        pk = rows.values_list("pk", flat=True).first()
        if pk is None:
            line = _("Elija una dependencia que reciba peticiones.")
            raise InvalidInputError(fields={"dependencia": [line]})
        return {**data, "dependencia_id": pk}


class ReasonSerializer(VersionedSerializer):
    """An act that needs only its reasons."""

    motivo = TextField(max_length=REASON)


class AcceptSerializer(VersionedSerializer):
    """Atender: oneself or somebody of the office."""

    responsable = TextField(required=False, max_length=150, help_text="Usuario; sin él, usted.")

    def arguments(self, data: dict) -> dict:
        username = data.pop("responsable", "")
        if not username:
            return data
        pk = User.objects.filter(username=username).values_list("pk", flat=True).first()
        # A name that is nobody's goes on as nobody's id: the service has the one answer.
        return {**data, "responsable_id": pk or 0}


class CorrectionSerializer(VersionedSerializer):
    """Prevenir: ask for what is missing."""

    texto = TextField(max_length=MAX_TEXT)


class TextSerializer(StrictSerializer):
    """A text."""

    texto = TextField(max_length=MAX_TEXT)

    def arguments(self, data: dict) -> dict:
        return data


class ReplySerializer(TextSerializer):
    """Desahogar: what was missing, in words or in files."""

    texto = TextField(required=False, max_length=MAX_TEXT, help_text="Opcional si hay archivos.")
    adjuntos = files_field()

    def arguments(self, data: dict) -> dict:
        return {"texto": "", **data}


class ExtendSerializer(VersionedSerializer):
    """Prorrogar, in the unit of the term."""

    cantidad = WholeNumberField(min_value=1, max_value=100_000)
    motivo = TextField(max_length=MAX_TEXT)


class AnswerActSerializer(VersionedSerializer):
    """Responder, with an outcome and its evidence; signed, if the petition is formal."""

    resultado = OptionField(Resultado.choices)
    texto = TextField(max_length=MAX_TEXT)
    fundamento = TextField(required=False, max_length=BASIS)
    adjuntos = files_field()
    contrasena = serializers.CharField(
        required=False,
        max_length=128,
        trim_whitespace=False,
        style={"input_type": "password"},
        help_text="La de su cuenta: firma la respuesta a una petición formal (`tipo` "
        "`peticion`), que sin ella no se recibe. En las demás no hace falta.",
    )

    def arguments(self, data: dict) -> dict:
        credentials = Credentials(contrasena=data.pop("contrasena", ""))
        return {**data, "credenciales": credentials}


class DismissSerializer(VersionedSerializer):
    """Desechar, with reasons and legal basis."""

    texto = TextField(max_length=MAX_TEXT)
    fundamento = TextField(max_length=BASIS)


class NotCompetentSerializer(VersionedSerializer):
    """Declare that it belongs to another authority, and orient."""

    autoridad_competente = TextField(max_length=300)
    texto = TextField(max_length=MAX_TEXT)


class MergeSerializer(VersionedSerializer):
    """Acumular: join to another case about the same."""

    folio = TextField(max_length=40, help_text="La petición a la que se une.")
    motivo = TextField(max_length=REASON)

    def arguments(self, data: dict) -> dict:
        into_folio = data.pop("folio")
        return {**data, "into_folio": into_folio}
