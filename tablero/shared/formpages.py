"""Pages with one form, and pages that ask before they do: the same in every room."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.core.errors import DomainError, InvalidInputError


def posted(request: HttpRequest):
    """What was sent, also when it is nothing; ``None`` when nothing was sent."""
    return request.POST if request.method == "POST" else None


def attach(form: forms.Form, error: DomainError) -> int:
    """Put a refusal on the form, each fault by its field, and return the status to answer with."""
    if isinstance(error, InvalidInputError) and error.fields:
        for name, lines in error.fields.items():
            target = name if name in form.fields else None
            for line in lines:
                form.add_error(target, str(line))
    else:
        form.add_error(None, str(error.message))
    return error.status


def form_page(request: HttpRequest, form: forms.Form, *, status: int = 200, **context):
    """
    A page with one form: ``title``, ``intro``, ``submit``, ``cancel_url``, ``migas``.
    """
    if status == 200 and form.is_bound and form.errors:
        status = 422
    return render(
        request, "tablero/shared/form_page.html", {"form": form, **context}, status=status
    )


def run_form(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict], object],
    *,
    done: str,
    to: str | Callable[[object], str],
    **page,
) -> HttpResponse:
    """
    Show the form, or do ``act(cleaned_data)`` and go on to ``to`` (an address, or a function of
    what the act returned) saying ``done``. A refusal shows the form again with what was typed.
    """
    if request.method != "POST" or not form.is_valid():
        return form_page(request, form, **page)
    try:
        result = act(form.cleaned_data)
    except DomainError as error:
        return form_page(request, form, status=attach(form, error), **page)
    messages.success(request, done)
    return redirect(to(result) if callable(to) else to)


def confirm(
    request: HttpRequest,
    act: Callable[[], object],
    *,
    done: str,
    to: str,
    **page,
) -> HttpResponse:
    """
    Ask (``title``, ``text``, ``submit``, ``danger``, ``migas``), then do it and go ``to``.

    A refusal is told on the page that asked.
    """
    context = {"cancel_url": to, **page}
    if request.method != "POST":
        return render(request, "tablero/shared/confirm.html", context)
    try:
        act()
    except DomainError as error:
        context["error"] = error.message
        return render(request, "tablero/shared/confirm.html", context, status=error.status)
    messages.success(request, done)
    return redirect(to)
