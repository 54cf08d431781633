"""Addresses of the citizen site."""

from django.urls import path

from .views import (
    acts,
    contact,
    figures,
    follow,
    home,
    pages,
    place,
    receipt,
    review,
    start,
    story,
    terms,
)

app_name = "public"

urlpatterns = [
    path("", home.home, name="inicio"),
    path("servicios/", home.services, name="servicios"),
    path("servicios/<slug:clave>/", home.service, name="servicio"),
    path("presentar/", start.begin, name="presentar"),
    path("presentar/asunto/", start.subject, name="presentar_asunto"),
    path("presentar/lugar/", place.place, name="presentar_lugar"),
    path("presentar/relato/", story.story, name="presentar_relato"),
    path("presentar/contacto/", contact.contact, name="presentar_contacto"),
    path("presentar/codigo/", contact.code, name="presentar_codigo"),
    path("presentar/revision/", review.review, name="presentar_revision"),
    path("presentar/guardado/", start.kept, name="presentar_guardado"),
    path("presentar/borrar/", start.discard, name="presentar_borrar"),
    path("mapa/colonias.json", place.neighbourhoods, name="colonias"),
    path("acuse/<str:llave>/", receipt.receipt, name="acuse"),
    path("acuse/<str:llave>/pdf/", receipt.receipt_file, name="acuse_pdf"),
    path("seguimiento/", follow.enter, name="seguimiento"),
    path("seguimiento/<str:llave>/", follow.case, name="seguimiento_caso"),
    path("seguimiento/<str:llave>/contestar/", acts.reply, name="contestar"),
    path("seguimiento/<str:llave>/inconforme/", acts.disagree, name="inconforme"),
    path("seguimiento/<str:llave>/retirar/", acts.withdraw, name="retirar"),
    path("seguimiento/<str:llave>/resuelto/", acts.confirm, name="resuelto"),
    path("seguimiento/<str:llave>/archivo/<slug:clave>/", follow.attachment, name="adjunto"),
    path("dias-inhabiles/", terms.terms, name="plazos"),
    path("cifras/", figures.figures, name="cifras"),
    path("cifras/semanas.csv", figures.weeks_csv, name="cifras_semanas"),
    path("cifras/dependencias.csv", figures.offices_csv, name="cifras_dependencias"),
    path("cifras/colonias.csv", figures.neighbourhoods_csv, name="cifras_colonias"),
    path("privacidad/", pages.privacy, name="privacidad"),
    path("accesibilidad/", pages.accessibility, name="accesibilidad"),
    path("ayuda/", pages.help_page, name="ayuda"),
    path("robots.txt", pages.robots, name="robots"),
    path("sitemap.xml", pages.sitemap, name="sitemap"),
    path("manifest.webmanifest", pages.manifest, name="manifest"),
    path(".well-known/security.txt", pages.security, name="security"),
]
