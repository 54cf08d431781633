"""Addresses of the room of acuerdos."""

from django.urls import path

from .views import acuerdos, gaceta

app_name = "acuerdos"

urlpatterns = [
    path("", acuerdos.acuerdo_list, name="acuerdos"),
    path("informe/", acuerdos.report, name="informe"),
    path("informe/archivo.<slug:formato>", acuerdos.report_file, name="informe_archivo"),
    path("<int:pk>/", acuerdos.acuerdo, name="acuerdo"),
    path("<int:pk>/encargar/", acuerdos.new_charge, name="acuerdo_encargar"),
    path("<int:pk>/revocar/", acuerdos.revoke, name="acuerdo_revocar"),
    path("<int:pk>/expedir/", acuerdos.issue, name="acuerdo_expedir"),
    path("gaceta/", gaceta.gaceta_list, name="gacetas"),
    path("gaceta/reunir/", gaceta.gather, name="gaceta_reunir"),
    path("gaceta/<int:pk>/", gaceta.gaceta, name="gaceta"),
    path("gaceta/<int:pk>/publicar/", gaceta.publish, name="gaceta_publicar"),
    path("gaceta/<int:pk>/quitar/<int:acuerdo>/", gaceta.drop, name="gaceta_quitar"),
]
