"""Reference tables, and looking at cases: changed here, a case would skip all its rules."""

from django.contrib import admin

from .models import Colonia, Peticion, Pregunta, ReglaTurno, Servicio, Tema, Zona
from .places import forget_places
from .text import service_text


@admin.register(Tema)
class TemaAdmin(admin.ModelAdmin):
    list_display = ("nombre", "clave", "orden")
    prepopulated_fields = {"clave": ("nombre",)}


class PreguntaInline(admin.TabularInline):
    model = Pregunta
    extra = 0
    fields = (
        "orden",
        "clave",
        "etiqueta",
        "etiqueta_en",
        "ayuda",
        "ayuda_en",
        "tipo",
        "requerida",
        "opciones",
        "opciones_en",
    )


@admin.register(Servicio)
class ServicioAdmin(admin.ModelAdmin):
    list_display = ("nombre", "tipo", "tema", "dependencia", "regla", "sensible", "activo")
    list_filter = ("activo", "tipo", "tema", "sensible", "dependencia")
    list_select_related = ("tema", "dependencia")
    search_fields = ("nombre", "clave", "palabras")
    prepopulated_fields = {"clave": ("nombre",)}
    inlines = (PreguntaInline,)

    def save_model(self, request, obj, form, change) -> None:
        obj.busqueda = service_text(obj)
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request, obj=None) -> bool:
        """A service that was ever asked for stays: it is closed, not deleted."""
        return False


@admin.register(ReglaTurno)
class ReglaTurnoAdmin(admin.ModelAdmin):
    list_display = ("orden", "nota", "servicio", "zona", "canal", "dependencia", "activa")
    list_display_links = ("nota",)
    list_filter = ("activa", "dependencia")
    list_select_related = ("servicio", "zona", "dependencia")
    autocomplete_fields = ("servicio",)


class PlaceAdmin(admin.ModelAdmin):
    """A changed polygon is used at once by this process, by the others within a minute."""

    search_fields = ("nombre", "clave")

    def save_model(self, request, obj, form, change) -> None:
        super().save_model(request, obj, form, change)
        forget_places()

    def delete_model(self, request, obj) -> None:
        super().delete_model(request, obj)
        forget_places()


@admin.register(Zona)
class ZonaAdmin(PlaceAdmin):
    list_display = ("nombre", "clave")


@admin.register(Colonia)
class ColoniaAdmin(PlaceAdmin):
    list_display = ("nombre", "zona", "cp")
    list_filter = ("zona",)
    list_select_related = ("zona",)


@admin.register(Peticion)
class PeticionAdmin(admin.ModelAdmin):
    """To look at, without the person or the text: those are read where the policy is asked."""

    list_display = ("folio", "tipo", "estado", "dependencia", "recibida_en", "vence_en")
    list_filter = ("estado", "tipo")
    list_select_related = ("dependencia",)
    search_fields = ("=folio",)
    show_full_result_count = False
    fields = (
        "folio",
        "tipo",
        "servicio",
        "canal",
        "estado",
        "dependencia",
        "recibida_en",
        "actualizada_en",
        "reloj",
        "vence_en",
        "respondida_en",
        "concluida_en",
        "resultado",
        "en_plazo",
        "version",
    )
    readonly_fields = fields

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
