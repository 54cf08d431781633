"""Capture at the counter: one page, no mouse, one case however often it is sent."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.core.access import staff_only
from portal.core.errors import ConflictError, InvalidInputError, NotAllowedError
from portal.core.time import now
from tablero.shared.views import partial_errors
from tramites.links import follow_up_token
from tramites.models import Servicio
from tramites.policies import PeticionPolicy
from tramites.services import Filed, file_peticion

from .capture_form import FAULT_FIELDS, CaptureForm, new_key
from .errors import spread_faults
from .promise import perhaps_the_same, promise


def _require_desk(request: HttpRequest) -> None:
    if not PeticionPolicy(request.user).can_capture():
        raise NotAllowedError(_("La captura es de ventanilla y de la Secretaría General."))


def _service(value: str) -> Servicio | None:
    if not value.isdigit():
        return None
    services = Servicio.objects.select_related("dependencia", "tema").filter(activo=True)
    return services.filter(pk=int(value)).first()


def _said(request: HttpRequest, servicio: Servicio | None, colonia: str) -> dict:
    """What the person is told, and the cases that may be the same."""
    if servicio is None:
        return {"promesa": None, "parecidos": []}
    moment = now()
    same = perhaps_the_same(
        viewer=request.user,
        servicio=servicio,
        colonia_id=int(colonia) if colonia.isdigit() else None,
        now=moment,
    )
    said = promise(servicio, moment)
    return {"promesa": said, "parecidos": same}


def _page(request: HttpRequest, form: CaptureForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "migas": [{"label": _("Captura en ventanilla")}],
        "ayuda_texto": _("Todo el asunto en una página. Al registrar salen el folio y el PIN."),
        "teclas": [
            {"keys": ["Alt", "1…4"], "what": _("Ir a Persona, Lugar, Asunto o Relato")},
            {"keys": ["Ctrl", "Enter"], "what": _("Registrar")},
        ],
        **_said(request, form.service, form["colonia"].data or ""),
    }
    return render(request, "tablero/bandeja/captura.html", context, status=status)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def captura(request: HttpRequest) -> HttpResponse:
    """The empty form, or the case it makes."""
    _require_desk(request)
    if request.method != "POST":
        service = _service(request.GET.get("servicio", ""))
        initial = {"clave": new_key(), "servicio": service}
        return _page(request, CaptureForm(viewer=request.user, service=service, initial=initial))
    service = _service(request.POST.get("servicio", ""))
    form = CaptureForm(request.POST, request.FILES, viewer=request.user, service=service)
    filled = form.is_valid()
    files = form.receive_files()
    if not filled or form.errors or "quitar_archivo" in request.POST:
        return _page(request, form, status=form.fault_status if form.errors else 200)
    try:
        filed = file_peticion(filing=form.filing(files), actor=request.user, now=now())
    except InvalidInputError as error:
        spread_faults(form, error, FAULT_FIELDS)
        return _page(request, form, status=error.status)
    except ConflictError as error:
        form.add_error(None, error.message)
        return _page(request, form, status=error.status)
    return _receipt(request, filed)


def _receipt(request: HttpRequest, filed: Filed) -> HttpResponse:
    """
    Folio and PIN, answered to the post itself: sent again it is the same case and the same PIN,
    so that the PIN is kept nowhere.
    """
    case = filed.peticion
    token = follow_up_token(case)
    context = {
        "folio": case.folio,
        "pin": filed.pin,
        "vence": case.vence_en,
        "facts": [
            {"label": _("Asunto"), "value": str(case.servicio)},
            {"label": _("Atiende"), "value": case.dependencia.nombre},
            {"label": _("Por qué"), "value": case.motivo_turno},
        ],
        "acciones": [
            *_printable(token),
            {"label": _("Capturar otra"), "url": reverse("bandeja:captura"), "icon": "mas"},
            {
                "label": _("Abrir el expediente"),
                "url": reverse("bandeja:expediente", args=[case.folio]),
                "icon": "folio",
            },
        ],
        "repetida": not filed.created,
        "migas": [
            {"label": _("Captura en ventanilla"), "url": reverse("bandeja:captura")},
            {"label": case.folio},
        ],
    }
    return render(
        request, "tablero/bandeja/capturada.html", context, status=201 if filed.created else 200
    )


def _printable(token: str) -> list[dict]:
    try:
        url = reverse("public:acuse", args=[token])
    except NoReverseMatch:
        return []
    return [{"label": _("Imprimir el acuse"), "url": url, "icon": "imprimir", "primary": True}]


@staff_only
@require_safe
@partial_errors
def preguntas(request: HttpRequest) -> HttpResponse:
    """The questions of the service chosen, for the form to grow without losing anything."""
    _require_desk(request)
    form = CaptureForm(viewer=request.user, service=_service(request.GET.get("servicio", "")))
    return render(request, "tablero/bandeja/_preguntas.html", {"form": form})


@staff_only
@require_safe
@partial_errors
def dicho(request: HttpRequest) -> HttpResponse:
    """What the person will be told, and the cases that may be the same."""
    _require_desk(request)
    service = _service(request.GET.get("servicio", ""))
    said = _said(request, service, request.GET.get("colonia", ""))
    return render(request, "tablero/bandeja/_dicho.html", said)
