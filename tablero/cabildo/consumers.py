"""Brings to the screens of a session what changed in it."""

import asyncio
from functools import partial
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings

from portal.accounts.models import User
from portal.core.audience import Audience, Listener, audience_of
from portal.core.realtime import use_loop

from .constants import Caracter
from .groups import group_for_session
from .live import PUBLIC, STAFF, draw_screens
from .models import Sesion
from .policies import CabildoPolicy

UNAUTHENTICATED, FORBIDDEN, NOT_FOUND = 4401, 4403, 4404


class PublicSessionConsumer(AsyncJsonWebsocketConsumer):
    """``/ws/cabildo/<pk>/?lang=``: the parts of a public session that change, for anybody."""

    audience: Audience | None = None

    async def connect(self) -> None:
        """
        Join the audience before saying yes, so that no change falls in between.

        A refusal is accepted first: a browser reads its reason only on an open socket.
        """
        use_loop(asyncio.get_running_loop())
        sesion_id = self.scope["url_route"]["kwargs"]["pk"]
        refused = await self._refused(sesion_id)
        if refused:
            await self.accept()
            await self.close(code=refused)
            return
        draw = partial(draw_screens, sesion_id)
        self.audience = audience_of(group_for_session(sesion_id), draw)
        self.listener = Listener(self.kind(), self.send)
        await self.audience.join(self.listener)
        await self.accept()
        self.listener.begin()

    async def disconnect(self, code: int) -> None:
        """Leave the audience."""
        if self.audience is not None:
            await self.audience.leave(self.listener)

    async def receive_json(self, content, **kwargs) -> None:
        """Nothing is taken from the browser: it acts through views."""

    def kind(self) -> tuple:
        """Screens of one kind show the same: the public ones those of one language."""
        asked = parse_qs(self.scope.get("query_string", b"").decode("ascii", "ignore"))
        lang = asked.get("lang", [""])[0]
        return (PUBLIC, lang if lang in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)

    @database_sync_to_async
    def _refused(self, sesion_id: int) -> int | None:
        return self.refusal(sesion_id)

    def refusal(self, sesion_id: int) -> int | None:
        """Why nobody may listen to it; ``None`` when anybody may."""
        rows = Sesion.objects.filter(pk=sesion_id, convocada_en__isnull=False)
        return None if rows.filter(caracter=Caracter.PUBLICA).exists() else NOT_FOUND


class SessionConsumer(PublicSessionConsumer):
    """``/ws/tablero/cabildo/<pk>/``: any session that was noticed, for the staff."""

    def kind(self) -> tuple:
        """Each person's is one: a member's ballot is theirs."""
        return (STAFF, self.scope["user"].pk)

    def refusal(self, sesion_id: int) -> int | None:
        """Why the person may not listen."""
        if not self.scope["user"].is_authenticated:
            return UNAUTHENTICATED
        user = User.objects.filter(pk=self.scope["user"].pk, is_active=True).first()
        if user is None or not CabildoPolicy(user).can_view():
            return FORBIDDEN
        known = Sesion.objects.filter(pk=sesion_id, convocada_en__isnull=False).exists()
        return None if known else NOT_FOUND
