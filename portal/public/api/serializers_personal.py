"""What the staff reads: a line of the inbox, the whole case, a session."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.ui.text import mask
from tramites.constants import Canal, Estado, Reloj, Resultado, Semaforo, Tipo

from .acts import ACT_OF
from .fields import StrictSerializer, TextField
from .serializers_catalogo import OfficeNameSerializer
from .serializers_ciudadania import (
    AnswerSerializer,
    AttachmentSerializer,
    DocumentSerializer,
    EntrySerializer,
    PendingCorrectionSerializer,
    ServiceNameSerializer,
    WorkingSerializer,
)


class SignInSerializer(StrictSerializer):
    """The credentials of a staff account."""

    usuario = TextField(max_length=150)
    contrasena = serializers.CharField(
        max_length=128, trim_whitespace=False, style={"input_type": "password"}
    )
    codigo = TextField(
        required=False, max_length=20, help_text="El de la aplicación, o uno de recuperación."
    )


class SessionSerializer(serializers.Serializer):
    """The token, shown this once."""

    token = serializers.CharField()
    caduca_en = serializers.DateTimeField()
    usuario = serializers.CharField()


class PersonNameSerializer(serializers.Serializer):
    """A member of the staff."""

    usuario = serializers.CharField(source="username")
    nombre = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField())
    def get_nombre(self, user) -> str:
        return str(user)


class LineSerializer(serializers.Serializer):
    """A line of the inbox."""

    folio = serializers.CharField()
    version = serializers.IntegerField()
    tipo = serializers.ChoiceField(Tipo.choices)
    canal = serializers.ChoiceField(Canal.choices)
    sensible = serializers.BooleanField()
    servicio = ServiceNameSerializer()
    dependencia = OfficeNameSerializer()
    responsable = PersonNameSerializer(allow_null=True)
    estado = serializers.ChoiceField(Estado.choices)
    semaforo = serializers.SerializerMethodField()
    recibida_en = serializers.DateTimeField()
    vence_en = serializers.DateTimeField(allow_null=True)
    colonia = serializers.SerializerMethodField()
    extracto = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(Semaforo.choices))
    def get_semaforo(self, peticion) -> str:
        return str(peticion.semaforo(self.context["now"]))

    @extend_schema_field(serializers.CharField())
    def get_colonia(self, peticion) -> str:
        return peticion.colonia.nombre if peticion.colonia_id else ""

    @extend_schema_field(serializers.CharField())
    def get_extracto(self, peticion) -> str:
        return peticion.extracto


class InboxSerializer(serializers.Serializer):
    """A page of the inbox."""

    peticiones = LineSerializer(many=True)
    siguiente = serializers.CharField(allow_null=True, help_text="Dirección de la que sigue.")
    anterior = serializers.CharField(allow_null=True, help_text="Dirección de la anterior.")


class PersonSerializer(serializers.Serializer):
    """Who filed the petition."""

    nombre = serializers.CharField()
    telefono = serializers.CharField()
    telefono_verificado_en = serializers.DateTimeField(allow_null=True)
    correo = serializers.CharField()
    correo_verificado_en = serializers.DateTimeField(allow_null=True)
    domicilio = serializers.CharField()
    idioma = serializers.CharField()
    acepta_electronico = serializers.BooleanField()


class MaskedPersonSerializer(PersonSerializer):
    """Who filed, hidden as on the case page: what is read in full leaves a record."""

    def to_representation(self, person) -> dict:
        shown = super().to_representation(person)
        shown |= {name: mask(shown[name]) for name in ("telefono", "correo")}
        shown |= {name: _first_word(shown[name]) for name in ("nombre", "domicilio")}
        return shown


def _first_word(text: str) -> str:
    return f"{text.split()[0]} •••••" if text.split() else ""


class GivenAnswerSerializer(serializers.Serializer):
    """The answer to one of the service's questions."""

    etiqueta = serializers.CharField()
    valor = serializers.CharField()


class WhereSerializer(serializers.Serializer):
    """Where."""

    direccion = serializers.CharField()
    referencia = serializers.CharField()
    latitud = serializers.FloatField(allow_null=True)
    longitud = serializers.FloatField(allow_null=True)
    colonia = serializers.CharField(source="colonia.nombre", default="")
    zona = serializers.CharField(source="zona.nombre", default="")


class CaseAttachmentSerializer(AttachmentSerializer):
    """A file of the case, with where it came from."""

    sha256 = serializers.CharField()
    origen = serializers.ChoiceField(["ciudadano", "autoridad"])
    acto = serializers.CharField()
    visible_ciudadano = serializers.BooleanField()


class CaseEntrySerializer(EntrySerializer):
    """Something that happened, as the staff reads it."""

    clase = serializers.CharField(source="kind")
    interno = serializers.BooleanField(source="internal")


class CaseSerializer(serializers.Serializer):
    """The whole case."""

    folio = serializers.CharField(source="peticion.folio")
    version = serializers.IntegerField(
        source="peticion.version", help_text="Devuélvala en cada acto."
    )
    tipo = serializers.ChoiceField(Tipo.choices, source="peticion.tipo")
    canal = serializers.ChoiceField(Canal.choices, source="peticion.canal")
    sensible = serializers.BooleanField(source="peticion.sensible")
    servicio = ServiceNameSerializer(source="peticion.servicio")
    dependencia = OfficeNameSerializer(source="peticion.dependencia")
    responsable = PersonNameSerializer(source="peticion.responsable", allow_null=True)
    motivo_turno = serializers.CharField(source="peticion.motivo_turno")
    estado = serializers.ChoiceField(Estado.choices, source="peticion.estado")
    resultado = serializers.ChoiceField(
        Resultado.choices, source="peticion.resultado", allow_blank=True
    )
    reloj = serializers.ChoiceField(Reloj.choices, source="peticion.reloj")
    semaforo = serializers.SerializerMethodField()
    recibida_en = serializers.DateTimeField(source="peticion.recibida_en")
    vence_en = serializers.DateTimeField(source="peticion.vence_en", allow_null=True)
    respondida_en = serializers.DateTimeField(source="peticion.respondida_en", allow_null=True)
    concluida_en = serializers.DateTimeField(source="peticion.concluida_en", allow_null=True)
    concluye_en = serializers.DateTimeField(source="peticion.concluye_en", allow_null=True)
    descripcion = serializers.CharField(source="peticion.descripcion")
    datos = GivenAnswerSerializer(many=True)
    lugar = WhereSerializer(source="peticion")
    solicitante = MaskedPersonSerializer(
        allow_null=True, help_text="Con los datos ocultos; `null` para quien no puede verlos."
    )
    acumulada_en = serializers.CharField(
        source="peticion.acumulada_en.folio", default=None, allow_null=True
    )
    acumuladas = serializers.SerializerMethodField()
    plazo = WorkingSerializer(source="working", allow_null=True)
    prevencion = PendingCorrectionSerializer(source="prevencion_pendiente", allow_null=True)
    respuestas = AnswerSerializer(many=True)
    historia = CaseEntrySerializer(many=True, source="timeline")
    adjuntos = CaseAttachmentSerializer(many=True)
    documentos = DocumentSerializer(many=True)
    actos_permitidos = serializers.SerializerMethodField(
        help_text="Los actos que su cargo y el estado admiten ahora; van en la dirección."
    )

    @extend_schema_field(serializers.ChoiceField(Semaforo.choices))
    def get_semaforo(self, case) -> str:
        return str(case.peticion.semaforo(self.context["now"]))

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_acumuladas(self, case) -> list[str]:
        return [row.folio for row in case.acumuladas]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_actos_permitidos(self, case) -> list[str]:
        return [ACT_OF[act] for act in case.acts if act in ACT_OF]
