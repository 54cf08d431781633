from django.urls import path

from . import views

app_name = "avisos"
urlpatterns = [
    path("", views.outbox_list, name="lista"),
    path("<uuid:envio_id>/", views.detail, name="aviso"),
    path("<uuid:envio_id>/correo/", views.mail_html, name="correo"),
    path("<uuid:envio_id>/reenviar/", views.resend_view, name="reenviar"),
    path("<uuid:envio_id>/descartar/", views.discard_view, name="descartar"),
]
