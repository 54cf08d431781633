"""What a citizen sends and gets: a filing, its receipt, and the case as its citizen reads it."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from notificaciones.phones import normalize
from portal.core.errors import InvalidInputError
from portal.documents.constants import KNOWN_STATES
from tramites.constants import MAX_TEXT, Canal, Estado, Reloj, Resultado, Tipo
from tramites.selectors import Reference
from tramites.services import Contact, Filing, Place

from .fields import (
    DecimalDegreesField,
    KeyField,
    OptionField,
    StrictSerializer,
    TextField,
    YesNoField,
    files_field,
)
from .serializers_catalogo import OfficeNameSerializer
from .words import state_words

MOST_ANSWERS = 60
#: What a document of a case may be; ``pendiente`` while it is being prepared.
PENDING = "pendiente"
PAPER_STATES = [PENDING, *KNOWN_STATES]
#: Token of a file: 24 random bytes.


class AnswersField(serializers.DictField):
    """Answers by the key of their question: text, a number, true or false, or a list of texts."""

    default_error_messages = {"not_a_dict": _("Envíe un objeto con sus respuestas por clave.")}

    def to_internal_value(self, data):
        if not isinstance(data, dict):
            self.fail("not_a_dict", input_type=type(data).__name__)
        if len(data) > MOST_ANSWERS:
            raise serializers.ValidationError(_("Son demasiadas respuestas."))
        if any(isinstance(value, dict) for value in data.values()):
            raise serializers.ValidationError(_("Conteste con texto, números o listas de textos."))
        return data


class PlaceSerializer(StrictSerializer):
    """Where: an address, a neighbourhood, a point, or several of them."""

    direccion = TextField(required=False, max_length=300)
    referencia = TextField(required=False, max_length=300)
    latitud = DecimalDegreesField(required=False, allow_null=True, min_value=-90, max_value=90)
    longitud = DecimalDegreesField(required=False, allow_null=True, min_value=-180, max_value=180)
    colonia = KeyField(required=False, help_text="Clave de `GET colonias/`.")

    def validate(self, attrs: dict) -> dict:
        if (attrs.get("latitud") is None) != (attrs.get("longitud") is None):
            raise serializers.ValidationError(_("Dé juntas la latitud y la longitud."))
        return attrs


class ContactSerializer(StrictSerializer):
    """Who, if they say. What comes by the API is kept unverified and gets no notices."""

    nombre = TextField(required=False, max_length=160)
    telefono = TextField(required=False, max_length=30, help_text="10 dígitos, o con +52.")
    correo = TextField(required=False, max_length=254)
    domicilio = TextField(required=False, max_length=300)
    idioma = OptionField(["es-mx", "en"], required=False, help_text="Idioma de la respuesta.")
    acepta_electronico = YesNoField(required=False)

    def validate_telefono(self, value: str) -> str:
        try:
            return normalize(value) if value else ""
        except InvalidInputError as error:
            raise serializers.ValidationError(error.fields["telefono"]) from error


class FilingSerializer(StrictSerializer):
    """A new petition."""

    servicio = KeyField(help_text="Clave de `GET servicios/`.")
    descripcion = TextField(max_length=MAX_TEXT, help_text="Qué pasa, con sus palabras.")
    respuestas = AnswersField(
        required=False, help_text="Respuestas a las preguntas del servicio, por su clave."
    )
    lugar = PlaceSerializer(required=False, allow_null=True)
    contacto = ContactSerializer(required=False, allow_null=True)
    adjuntos = files_field()


def filing_from(data: dict, *, key: str, reference: Reference) -> Filing:
    """
    What is to be filed, with the keys of the catalogue turned into rows.

    :raises InvalidInputError: no such service or neighbourhood.
    """
    servicio = reference.service_ids.get(data["servicio"])
    if servicio is None:
        line = _("No hay un servicio con esa clave. Búsquelo en el catálogo.")
        raise InvalidInputError(fields={"servicio": [line]})
    contact = {**(data.get("contacto") or {})}
    contact.setdefault("idioma", "en" if (get_language() or "").startswith("en") else "es-mx")
    return Filing(
        servicio_id=servicio,
        descripcion=data["descripcion"],
        canal=Canal.API,
        clave_idempotencia=key,
        respuestas=data.get("respuestas") or {},
        lugar=_place(data.get("lugar"), reference),
        contacto=Contact(**contact),
    )


def _place(given: dict | None, reference: Reference) -> Place | None:
    if not given:
        return None
    place = {name: value for name, value in given.items() if name != "colonia"}
    if given.get("colonia"):
        place["colonia_id"] = reference.colonia_ids.get(given["colonia"])
        if place["colonia_id"] is None:
            line = _("No hay una colonia con esa clave. Búsquela en la lista.")
            raise InvalidInputError(fields={"lugar.colonia": [line]})
    return Place(**place)


class FiledSerializer(serializers.Serializer):
    """The receipt: folio and PIN are the key to the follow-up."""

    folio = serializers.CharField(source="peticion.folio")
    pin = serializers.CharField(
        help_text="Vacío al repetir el envío si después se dio un PIN nuevo."
    )
    estado = serializers.ChoiceField(Estado.choices, source="peticion.estado")
    recibida_en = serializers.DateTimeField(source="peticion.recibida_en")
    vence_en = serializers.DateTimeField(source="peticion.vence_en", allow_null=True)
    dependencia = OfficeNameSerializer(source="peticion.dependencia")
    huella = serializers.CharField(source="peticion.huella", help_text="SHA-256 de lo presentado.")


class FileSerializer(serializers.Serializer):
    """A file received, waiting for its petition."""

    id = serializers.CharField(help_text="Envíelo en `adjuntos` al presentar. Sirve una vez.")
    nombre = serializers.CharField()
    tipo = serializers.CharField()
    tamano = serializers.IntegerField(help_text="En bytes.")
    sha256 = serializers.CharField()
    vence_en = serializers.DateTimeField()


class UploadSerializer(serializers.Serializer):
    """One file by form."""

    archivo = serializers.FileField(
        error_messages={
            "required": _("Envíe un archivo en el campo «archivo»."),
            "invalid": _("Envíe un archivo en el campo «archivo»."),
            "no_name": _("El archivo no trae nombre."),
            "empty": _("El archivo está vacío."),
        }
    )


class FollowUpRequestSerializer(StrictSerializer):
    """The key to a petition."""

    folio = TextField(max_length=40)
    pin = TextField(max_length=20)


class AttachmentSerializer(serializers.Serializer):
    """A file of the case."""

    clave = serializers.CharField()
    nombre = serializers.CharField()
    tipo = serializers.CharField()
    tamano = serializers.IntegerField()


class EntrySerializer(serializers.Serializer):
    """Something that happened."""

    cuando = serializers.DateTimeField(source="when")
    quien = serializers.CharField(source="who")
    titulo = serializers.CharField(source="title")
    texto = serializers.CharField(source="text")
    adjuntos = AttachmentSerializer(many=True, source="attachments")


class WorkingSerializer(serializers.Serializer):
    """The term in force with its working."""

    vence = serializers.DateTimeField(source="plazo.vence", allow_null=True)
    texto = serializers.CharField(source="text", help_text="La cuenta, en palabras.")
    cuenta = serializers.DictField(
        source="plazo.explicacion", help_text="La misma cuenta, como dato."
    )


class AnswerSerializer(serializers.Serializer):
    """The answer, or the resolution that ended the case."""

    clase = serializers.CharField()
    resultado = serializers.ChoiceField(Resultado.choices, allow_blank=True)
    texto = serializers.CharField()
    fundamento = serializers.CharField()
    autoridad_competente = serializers.CharField()
    fecha = serializers.DateTimeField(source="creado_en")


class DocumentSerializer(serializers.Serializer):
    """A document of the case; while it is still being prepared it has neither folio nor code."""

    acto = serializers.CharField(help_text="`acuse`, o la clase del acto y su número.")
    tipo = serializers.CharField()
    nombre = serializers.CharField()
    folio = serializers.CharField(source="documento.folio", default=None, allow_null=True)
    codigo = serializers.CharField(
        source="documento.codigo",
        default=None,
        allow_null=True,
        help_text="El de verificación; también nombra el archivo al descargarlo.",
    )
    estado = serializers.SerializerMethodField()
    firmado_en = serializers.DateTimeField(
        source="documento.firmado_en", default=None, allow_null=True
    )
    verificacion = serializers.CharField(help_text="Dirección en la que cualquiera lo verifica.")
    sustituto = serializers.CharField(
        source="sustituto.folio", default=None, allow_null=True, help_text="El que lo sustituyó."
    )

    @extend_schema_field(serializers.ChoiceField(PAPER_STATES))
    def get_estado(self, one) -> str:
        return one.documento.estado if one.documento else PENDING


class PendingCorrectionSerializer(serializers.Serializer):
    """What the person has to complete, and until when."""

    texto = serializers.CharField()
    vence = serializers.DateTimeField()


class ServiceNameSerializer(serializers.Serializer):
    """A service by key and name."""

    clave = serializers.CharField()
    nombre = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField())
    def get_nombre(self, servicio) -> str:
        return str(servicio)


class FollowUpSerializer(serializers.Serializer):
    """The case as who filed it reads it."""

    folio = serializers.CharField(source="peticion.folio")
    tipo = serializers.ChoiceField(Tipo.choices, source="peticion.tipo")
    servicio = ServiceNameSerializer(source="peticion.servicio")
    dependencia = OfficeNameSerializer(source="peticion.dependencia")
    estado = serializers.ChoiceField(Estado.choices, source="peticion.estado")
    estado_texto = serializers.SerializerMethodField()
    recibida_en = serializers.DateTimeField(source="peticion.recibida_en")
    reloj = serializers.ChoiceField(Reloj.choices, source="peticion.reloj")
    proxima_fecha = serializers.SerializerMethodField(
        help_text="La siguiente fecha que importa: el límite para responder, para completar lo "
        "que se pidió o para inconformarse."
    )
    plazo = WorkingSerializer(source="working", allow_null=True)
    prevencion = PendingCorrectionSerializer(allow_null=True)
    respuesta = AnswerSerializer(allow_null=True)
    historia = EntrySerializer(many=True, source="timeline")
    adjuntos = AttachmentSerializer(many=True)
    documentos = DocumentSerializer(many=True)

    @extend_schema_field(serializers.CharField())
    def get_estado_texto(self, case) -> str:
        return state_words(case.peticion.estado)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_proxima_fecha(self, case):
        if case.prevencion is not None:
            moment = case.prevencion.vence
        elif case.peticion.reloj == Reloj.CORRIENDO:
            moment = case.peticion.vence_en
        else:
            moment = case.peticion.concluye_en
        return serializers.DateTimeField().to_representation(moment) if moment else None
