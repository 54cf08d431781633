from django.urls import path, re_path

from .appointments import views

urlpatterns = [
    path("cargos/", views.register, name="cargos"),
    path("cargos/<int:pk>/", views.appointment, name="cargo"),
    re_path(r"^cargos/relacion\.(?P<formato>xlsx|pdf)$", views.export, name="cargos_relacion"),
]
