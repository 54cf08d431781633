"""What anybody may learn of an official document."""

import base64

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from portal.documents.constants import NivelFirma

from .fields import StrictSerializer, TextField
from .serializers_catalogo import OfficeNameSerializer

SITUATIONS = ["vigente", "sustituido", "cancelado"]


class HashQuerySerializer(StrictSerializer):
    """The file that is asked for."""

    sha256 = TextField(
        min_length=64, max_length=64, help_text="SHA-256 del PDF, en 64 dígitos hexadecimales."
    )

    def validate_sha256(self, value: str) -> str:
        plain = value.lower()
        if any(c not in "0123456789abcdef" for c in plain):
            raise serializers.ValidationError(_("Escriba los 64 dígitos hexadecimales."))
        return plain


class SignatureSerializer(serializers.Serializer):
    """A signature with its detached record."""

    nombre = serializers.CharField()
    cargo = serializers.CharField(help_text="Como se firmó; dice también en suplencia de quién.")
    nivel = serializers.ChoiceField(NivelFirma.choices)
    firmado_en = serializers.DateTimeField()
    certificado_titular = serializers.CharField()
    certificado_serie = serializers.CharField()
    certificado = serializers.SerializerMethodField(help_text="X.509 en DER, en Base64.")
    cadena_original = serializers.CharField()
    sello = serializers.CharField(
        help_text="RSA PKCS#1 v1.5 con SHA-256 sobre la cadena en UTF-8, en Base64."
    )

    @extend_schema_field(serializers.CharField())
    def get_certificado(self, firma) -> str:
        return base64.b64encode(bytes(firma.certificado)).decode("ascii")


class SubstituteSerializer(serializers.Serializer):
    """The document that took the place of this one."""

    folio = serializers.CharField(source="sustituto")
    codigo = serializers.CharField(source="sustituto_codigo")


class VerifiedSerializer(serializers.Serializer):
    """A document as the public knows it: never to whom it goes."""

    codigo = serializers.CharField(source="documento.codigo")
    situacion = serializers.SerializerMethodField()
    tipo = serializers.CharField(source="documento.tipo.nombre")
    folio = serializers.CharField(source="documento.folio")
    dependencia = OfficeNameSerializer(source="documento.dependencia")
    asunto = serializers.CharField(help_text="Vacío si el documento es confidencial.")
    confidencial = serializers.BooleanField(source="documento.confidencial")
    de_prueba = serializers.BooleanField(
        source="documento.de_prueba",
        help_text="Se firmó con certificados de prueba: no tiene validez oficial.",
    )
    firmado_en = serializers.DateTimeField(
        source="documento.firmado_en",
        allow_null=True,
        help_text="De la última firma; nulo si se canceló antes de que firmaran todos.",
    )
    terminado_en = serializers.DateTimeField(
        source="documento.terminado_en",
        allow_null=True,
        help_text="Cuándo se sustituyó o se canceló.",
    )
    motivo = serializers.CharField(help_text="De la cancelación, si el documento es público.")
    sustituto = serializers.SerializerMethodField()
    huella = serializers.CharField(help_text="SHA-256 del PDF con todas sus firmas.")
    anteriores = serializers.ListField(
        child=serializers.CharField(),
        help_text="SHA-256 del mismo PDF cuando le faltaban firmas.",
    )
    firmas = SignatureSerializer(many=True)
    pagina = serializers.SerializerMethodField(help_text="La página que lo dice a una persona.")
    pdf = serializers.SerializerMethodField(help_text="El documento, si es público.")

    @extend_schema_field(serializers.ChoiceField(SITUATIONS))
    def get_situacion(self, found) -> str:
        if found.vigente:
            return "vigente"
        return "cancelado" if found.cancelado else "sustituido"

    @extend_schema_field(SubstituteSerializer(allow_null=True))
    def get_sustituto(self, found) -> dict | None:
        return SubstituteSerializer(found).data if found.sustituto else None

    @extend_schema_field(serializers.URLField())
    def get_pagina(self, found) -> str:
        return _address("verificar:documento", found.documento.codigo)

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_pdf(self, found) -> str | None:
        return _address("verificar:pdf", found.documento.codigo) if found.publico else None


def _address(name: str, codigo: str) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse(name, args=[codigo])}"
