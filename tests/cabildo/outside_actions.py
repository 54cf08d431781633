"""What is done from another process to an install of its own: one line of JSON."""

import json

import django


def prepare() -> list[dict]:
    """Two bodies of six with accounts, the noticed session of each, and everybody's cookie."""
    from .factories import MateriaFactory, rule

    two_thirds = {"base": "integrantes", "umbral": "2/3", "estricto": False, "calidad": False}
    rule("mayoria", "dos-tercios", **two_thirds)
    MateriaFactory(clave="patrimonio", regla_mayoria="dos-tercios")
    return [_room(), _room()]


def _room() -> dict:
    from django.conf import settings
    from django.test import Client

    from tablero.cabildo.models import Integrante
    from tests.accounts.factories import UserFactory

    from .sitting import Sitting

    room = Sitting(seats=6, items=1, second={"clave": "patrimonio"})
    people = {"operadora": room.operator}
    for place, member in enumerate(room.members):
        people[f"integrante{place}"] = UserFactory()
        Integrante.objects.filter(pk=member.pk).update(usuario=people[f"integrante{place}"])
    cookies = {}
    for name, user in people.items():
        client = Client()
        client.force_login(user)
        cookies[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {
        "sesion": room.sesion.pk,
        "puntos": [room.point(0).pk, room.point(1).pk],
        "integrantes": [member.pk for member in room.members],
        "cookies": cookies,
        "cookie": settings.SESSION_COOKIE_NAME,
    }


if __name__ == "__main__":
    django.setup()
    print(json.dumps(prepare()))
