"""Tells the screens of a session that something changed; the browser asks a view for what."""

import asyncio

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from portal.accounts.models import User
from portal.core.realtime import use_loop

from .constants import Caracter
from .groups import group_for_session
from .models import Sesion
from .policies import CabildoPolicy

UNAUTHENTICATED, FORBIDDEN, NOT_FOUND = 4401, 4403, 4404


class PublicSessionConsumer(AsyncJsonWebsocketConsumer):
    """``/ws/cabildo/<pk>/``: nudges of a public session, for anybody."""

    group = ""

    async def connect(self) -> None:
        """
        Join the group before saying yes, so that no change falls in between.

        A refusal is accepted first: a browser reads its reason only on an open socket.
        """
        use_loop(asyncio.get_running_loop())
        sesion_id = self.scope["url_route"]["kwargs"]["pk"]
        refused = await self._refused(sesion_id)
        if refused:
            await self.accept()
            await self.close(code=refused)
            return
        self.group = group_for_session(sesion_id)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_json(self, content, **kwargs) -> None:
        """Nothing is taken from the browser: it acts through views."""

    async def changed(self, message: dict) -> None:
        """A nudge from ``portal.core.realtime``."""
        await self.send_json({"type": "changed", "kind": message.get("kind", "")})

    @database_sync_to_async
    def _refused(self, sesion_id: int) -> int | None:
        return self.refusal(sesion_id)

    def refusal(self, sesion_id: int) -> int | None:
        """Why nobody may listen to it; ``None`` when anybody may."""
        rows = Sesion.objects.filter(pk=sesion_id, convocada_en__isnull=False)
        return None if rows.filter(caracter=Caracter.PUBLICA).exists() else NOT_FOUND


class SessionConsumer(PublicSessionConsumer):
    """``/ws/tablero/cabildo/<pk>/``: nudges of any session that was noticed, for the staff."""

    def refusal(self, sesion_id: int) -> int | None:
        """Why the person may not listen."""
        if not self.scope["user"].is_authenticated:
            return UNAUTHENTICATED
        user = User.objects.filter(pk=self.scope["user"].pk, is_active=True).first()
        if user is None or not CabildoPolicy(user).can_view():
            return FORBIDDEN
        known = Sesion.objects.filter(pk=sesion_id, convocada_en__isnull=False).exists()
        return None if known else NOT_FOUND
