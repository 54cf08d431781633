"""Tells open outbox pages that some notice changed; the page asks a view which."""

import asyncio

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from portal.accounts.models import User
from portal.core.realtime import use_loop

from .policies import AvisoPolicy

UNAUTHENTICATED, FORBIDDEN = 4401, 4403
GROUP = "avisos"


class OutboxConsumer(AsyncJsonWebsocketConsumer):
    """``/ws/tablero/avisos/``: nudges only, without ids, for whoever may enter the room."""

    joined = False

    async def connect(self) -> None:
        """Accept first: a browser reads the reason of a refusal only on an open socket."""
        use_loop(asyncio.get_running_loop())
        await self.accept()
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.close(code=UNAUTHENTICATED)
        elif not await self._may_enter(user.pk):
            await self.close(code=FORBIDDEN)
        else:
            await self.channel_layer.group_add(GROUP, self.channel_name)
            self.joined = True

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        if self.joined:
            await self.channel_layer.group_discard(GROUP, self.channel_name)

    async def receive_json(self, content, **kwargs) -> None:
        """Nothing is taken from the browser: it acts through views."""

    async def changed(self, message: dict) -> None:
        """A nudge from ``portal.core.realtime``."""
        await self.send_json({"type": "changed", "kind": message.get("kind", "")})

    @database_sync_to_async
    def _may_enter(self, user_id: int) -> bool:
        user = User.objects.filter(pk=user_id, is_active=True).first()
        return user is not None and AvisoPolicy(user).can_enter()
