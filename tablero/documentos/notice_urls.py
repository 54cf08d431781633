from django.urls import path

from .notifying import views

urlpatterns = [
    path("notificaciones/", views.notices, name="notificaciones"),
    path("notificaciones/<int:pk>/", views.notice, name="notificacion"),
    path("notificaciones/<int:pk>/constancia/", views.evidence, name="notificacion_evidencia"),
    path("notificaciones/<int:pk>/papel/<slug:papel>/", views.paper, name="notificacion_papel"),
    path("notificaciones/<int:pk>/<slug:acto>/", views.act, name="notificacion_acto"),
    path("<int:pk>/notificar/", views.order, name="notificar"),
]
