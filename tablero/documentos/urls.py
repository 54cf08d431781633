from django.urls import path

from . import (
    appointment_urls,
    batch_urls,
    copy_urls,
    notice_urls,
    register_urls,
    signing_urls,
    template_urls,
)
from .views import acts, drafting, listing, page

app_name = "documentos"

urlpatterns = [
    path("", listing.lista, name="lista"),
    path("exportar.csv", listing.exportar, name="exportar"),
    path("nuevo/", drafting.nuevo, name="nuevo"),
    path("nuevo/<slug:clave>/", drafting.redactar, name="redactar"),
    path("nuevo/<slug:clave>/previa/", drafting.previa_nueva, name="previa_nueva"),
    *signing_urls.urlpatterns,
    *register_urls.urlpatterns,
    *template_urls.urlpatterns,
    *batch_urls.urlpatterns,
    *appointment_urls.urlpatterns,
    *notice_urls.urlpatterns,
    *copy_urls.urlpatterns,
    path("<int:pk>/", page.documento, name="documento"),
    path("<int:pk>/editar/", drafting.editar, name="editar"),
    path("<int:pk>/previa/", drafting.previa, name="previa"),
    path("<int:pk>/pagina/<int:n>/", page.pagina, name="pagina"),
    path("<int:pk>/pdf/", page.pdf, name="pdf"),
    path("<int:pk>/versiones/", page.versiones, name="versiones"),
    path("<int:pk>/integridad/", page.integridad, name="integridad"),
    path("<int:pk>/acto/<slug:acto>/", acts.acto, name="acto"),
    path("<int:pk>/comentario/<int:comentario>/atender/", acts.atender, name="atender"),
]
