"""The catalogue as it is told: texts in the active language, the term in words and as data."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tramites.constants import Lugar, Tipo, TipoPregunta
from tramites.models.catalogue import localized

from .rules import term_data


class LocalizedField(serializers.CharField):
    """A text of the catalogue in the active language."""

    def __init__(self, **kwargs) -> None:
        super().__init__(read_only=True, **kwargs)

    def bind(self, field_name, parent) -> None:
        self.spanish = self.source or field_name
        self.source = None
        super().bind(field_name, parent)

    def get_attribute(self, instance):
        return localized(instance, self.spanish)


class OfficeSerializer(serializers.Serializer):
    """The office that answers."""

    clave = serializers.CharField()
    nombre = serializers.CharField()
    telefono = serializers.CharField()
    correo = serializers.CharField()
    domicilio = serializers.CharField()
    horario = serializers.CharField()


class OfficeNameSerializer(serializers.Serializer):
    """An office by key and name."""

    clave = serializers.CharField()
    nombre = serializers.CharField()


class ThemeSerializer(serializers.Serializer):
    """A theme of the catalogue."""

    clave = serializers.CharField()
    nombre = LocalizedField()


class TermSerializer(serializers.Serializer):
    """The term to answer, in words and as data."""

    texto = serializers.CharField(help_text="Por ejemplo «10 días hábiles».")
    cantidad = serializers.IntegerField()
    unidad = serializers.ChoiceField(["habiles", "naturales", "meses", "horas"])
    fundamento = serializers.CharField()
    silencio = serializers.ChoiceField(
        ["negativa", "afirmativa", "ninguna"], help_text="Qué significa que no haya respuesta."
    )


class QuestionSerializer(serializers.Serializer):
    """A question of the service's own."""

    clave = serializers.CharField()
    etiqueta = LocalizedField()
    ayuda = LocalizedField()
    tipo = serializers.ChoiceField(TipoPregunta.choices)
    requerida = serializers.BooleanField()
    opciones = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_opciones(self, question) -> list[str]:
        return localized(question, "opciones") or []


class ServiceLineSerializer(serializers.Serializer):
    """A line of the catalogue."""

    clave = serializers.CharField()
    nombre = LocalizedField()
    descripcion = LocalizedField()
    tipo = serializers.ChoiceField(Tipo.choices)
    tema = ThemeSerializer()
    dependencia = OfficeNameSerializer()
    plazo = serializers.SerializerMethodField()
    lugar = serializers.ChoiceField(Lugar.choices)
    anonimo = serializers.BooleanField(help_text="Puede presentarse sin ningún contacto.")

    @extend_schema_field(TermSerializer(allow_null=True))
    def get_plazo(self, servicio) -> dict | None:
        return term_data(self.context["rules"].get(servicio.regla))


class ServiceSerializer(ServiceLineSerializer):
    """A service with all that is needed to ask for it."""

    dependencia = OfficeSerializer()
    requisitos = serializers.ListField(child=serializers.CharField())
    fundamento = serializers.CharField()
    preguntas = QuestionSerializer(many=True, source="preguntas.all")


class ZoneSerializer(serializers.Serializer):
    """A zone of the municipality."""

    clave = serializers.CharField()
    nombre = serializers.CharField()


class NeighbourhoodSerializer(serializers.Serializer):
    """A neighbourhood."""

    clave = serializers.CharField()
    nombre = serializers.CharField()
    cp = serializers.CharField()
    zona = ZoneSerializer()


class ServiceListSerializer(serializers.Serializer):
    """The catalogue."""

    servicios = ServiceLineSerializer(many=True)


class NeighbourhoodListSerializer(serializers.Serializer):
    """The neighbourhoods."""

    colonias = NeighbourhoodSerializer(many=True)


class IndexSerializer(serializers.Serializer):
    """Where to go from here."""

    servicios = serializers.CharField()
    colonias = serializers.CharField()
    peticiones = serializers.CharField()
    adjuntos = serializers.CharField()
    seguimiento = serializers.CharField()
    verificar = serializers.CharField()
    sesion = serializers.CharField()
    bandeja = serializers.CharField()
    esquema = serializers.CharField()
    documentacion = serializers.CharField()
