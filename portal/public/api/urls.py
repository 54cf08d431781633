from django.urls import path, re_path

from . import views_catalogo as catalogue
from . import views_ciudadania as citizen
from . import views_documentacion as documentation
from . import views_documentos as papers
from . import views_personal as staff
from . import views_verificar as verification
from .views_actos import ACT_VIEWS
from .views_sesion import SessionView

app_name = "api"

urlpatterns = [
    path("", catalogue.IndexView.as_view(), name="indice"),
    path("servicios/", catalogue.ServiceListView.as_view(), name="servicios"),
    path("servicios/<slug:clave>/", catalogue.ServiceView.as_view(), name="servicio"),
    path("colonias/", catalogue.NeighbourhoodListView.as_view(), name="colonias"),
    path("adjuntos/", citizen.FileView.as_view(), name="adjuntos"),
    path("peticiones/", citizen.FilingView.as_view(), name="peticiones"),
    path("seguimiento/", citizen.FollowUpView.as_view(), name="seguimiento"),
    path("verificar/", verification.VerifyFileView.as_view(), name="verificar"),
    path(
        "verificar/<slug:codigo>/",
        verification.VerifyCodeView.as_view(),
        name="verificar_codigo",
    ),
    path(
        "seguimiento/documentos/<slug:codigo>/",
        papers.OwnPaperView.as_view(),
        name="documento-propio",
    ),
    path("sesion/", SessionView.as_view(), name="sesion"),
    path("bandeja/", staff.InboxView.as_view(), name="bandeja"),
    path("peticiones/<slug:folio>/", staff.CaseView.as_view(), name="peticion"),
    path(
        "peticiones/<slug:folio>/solicitante/",
        staff.PersonView.as_view(),
        name="solicitante",
    ),
    path(
        "peticiones/<slug:folio>/adjuntos/<slug:clave>/",
        staff.CaseFileView.as_view(),
        name="adjunto",
    ),
    path(
        "peticiones/<slug:folio>/documentos/<slug:codigo>/",
        papers.CasePaperView.as_view(),
        name="documento",
    ),
    *(
        path(f"peticiones/<slug:folio>/actos/{act}/", view, name=f"acto-{act}")
        for act, view in ACT_VIEWS.items()
    ),
    path("esquema/", documentation.SchemaView.as_view(), name="esquema"),
    path("documentacion/", documentation.guide, name="documentacion"),
    path("problemas/", documentation.problems, name="problemas"),
    path("problemas/<slug:slug>/", documentation.problem_page, name="problema"),
    re_path("", documentation.UnknownView.as_view(), name="desconocida"),
]
