"""In what post somebody acts on a case, in words."""

import datetime as dt

from portal.accounts.constants import Rol
from portal.accounts.models import Adscripcion, Dependencia, User
from portal.accounts.models.user import posts_on

MAX_POST = 160


def post_words(user: User, office: Dependencia, *, on: dt.date) -> str:
    """
    The post ``user`` held for ``office`` on a day: one of that office before one above it, an own
    one before one of somebody absent. Empty for who held none.
    """
    posts = sorted(posts_on(user, on), key=lambda post: _distance(post, office))
    return _words(posts[0])[:MAX_POST] if posts else ""


def _distance(post: Adscripcion, office: Dependencia) -> tuple[bool, bool, bool]:
    return (
        post.suplencia_de_id is not None,
        post.dependencia_id != office.pk,
        post.rol != Rol.TITULAR,
    )


def _words(post: Adscripcion) -> str:
    if post.puesto:
        return post.puesto
    return f"{post.get_rol_display()}, {post.dependencia.nombre}"
