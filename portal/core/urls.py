from django.urls import path

from .views import health

urlpatterns = [path("salud", health, name="salud")]
