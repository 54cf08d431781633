from django.urls import path

from . import webhooks

app_name = "notificaciones"
urlpatterns = [
    path(
        "twilio/estado/<uuid:envio_id>/<int:attempt>/", webhooks.twilio_status, name="twilio_estado"
    ),
    path("twilio/entrante/", webhooks.twilio_inbound, name="twilio_entrante"),
    path("sendgrid/eventos/", webhooks.sendgrid_events, name="sendgrid_eventos"),
]
