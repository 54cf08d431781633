"""Run inside an install: the session, links and folios that the bench asks with."""

import json
import sys


def main() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.cached_db import SessionStore

    from portal.accounts.models import User
    from tramites.links import follow_up_token
    from tramites.models import Peticion, Servicio

    user = User.objects.get(username="secretaria")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    cases = list(Peticion.objects.exclude(canal="importado").order_by("pk")[:200])
    service = Servicio.objects.get(clave="luminaria-apagada")
    questions = {q.clave: q.opciones[0] for q in service.preguntas.filter(requerida=True)}
    json.dump(
        {
            "session": session.session_key,
            "cookie": settings.SESSION_COOKIE_NAME,
            "folios": [case.folio for case in cases],
            "tokens": [follow_up_token(case) for case in cases],
            "answers": questions,
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
