"""What is done from another process to an install of its own: one line of JSON."""

import json

import django


def prepare() -> dict:
    """
    A session that was held and approved what a citizen asked for, the next one that approved its
    acta, and the cookie of each person.
    """
    from django.conf import settings
    from django.test import Client

    from tests.actas.factories import PASSWORD, Held
    from tests.factories import PeticionFactory, StaffFactory
    from tramites.links import follow_up_token

    peticion = PeticionFactory()

    class Asked(Held):
        """Its item comes from the petition."""

        def item(self, **changes):
            return super().item(peticion=peticion, origen="peticion", **changes)

    held = Asked()
    _member, user = held.account(1)
    later = held.following()
    clerk = StaffFactory(rol="enlace", email="enlace@x.example")
    cookies = {}
    for name, person in {"secretaria": held.operator, "regidor": user, "enlace": clerk}.items():
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        cookies[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {
        "cookies": cookies,
        "cookie": settings.SESSION_COOKIE_NAME,
        "clave": PASSWORD,
        "organo": held.body.pk,
        "siguiente": later.pk,
        "oficina": clerk.adscripciones.get().dependencia_id,
        "seguimiento": follow_up_token(peticion),
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(prepare()))
