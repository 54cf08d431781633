from django.urls import path, re_path

from . import batch_views

urlpatterns = [
    path("lotes/", batch_views.batch_list, name="lotes"),
    path("lotes/nuevo/", batch_views.choose_kind, name="lote_nuevo"),
    path("lotes/nuevo/<slug:tipo>/", batch_views.upload, name="lote_subir"),
    path("lotes/nuevo/<slug:tipo>/hoja.xlsx", batch_views.batch_template, name="lote_plantilla"),
    path("lotes/<int:pk>/", batch_views.batch_page, name="lote"),
    path("lotes/<int:pk>/muestra.pdf", batch_views.sample, name="lote_muestra"),
    re_path(
        r"^lotes/(?P<pk>[0-9]{1,18})/errores\.(?P<formato>csv|xlsx)$",
        batch_views.faults,
        name="lote_errores",
    ),
    path("lotes/<int:pk>/emitir/", batch_views.issue, name="lote_emitir"),
    path("lotes/<int:pk>/cancelar/", batch_views.cancel, name="lote_cancelar"),
    path("lotes/<int:pk>/reintentar/", batch_views.retry, name="lote_reintentar"),
    path("lotes/<int:pk>/cerrar/", batch_views.close, name="lote_cerrar"),
    path("lotes/<int:pk>/documentos.zip", batch_views.download, name="lote_zip"),
]
