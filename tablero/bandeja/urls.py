from django.urls import path

from . import bulk_views, capture_views, case_views, paper_views, views

app_name = "bandeja"

urlpatterns = [
    path("", views.lista, name="lista"),
    path("exportar.csv", views.exportar, name="exportar"),
    path("masivo/", bulk_views.masivo, name="masivo"),
    path("masivo/aplicar/", bulk_views.aplicar, name="masivo_aplicar"),
    path("captura/", capture_views.captura, name="captura"),
    path("captura/preguntas/", capture_views.preguntas, name="captura_preguntas"),
    path("captura/dicho/", capture_views.dicho, name="captura_dicho"),
    path("<str:folio>/", case_views.expediente, name="expediente"),
    path("<str:folio>/datos/", case_views.datos, name="datos"),
    path("<str:folio>/adjunto/<str:clave>/", case_views.adjunto, name="adjunto"),
    path("<str:folio>/documento/<slug:codigo>/", paper_views.documento, name="documento"),
    path("<str:folio>/acto/<slug:acto>/", case_views.acto, name="acto"),
]
