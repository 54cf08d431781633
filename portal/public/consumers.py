"""The socket of one case: it says that something changed, never what."""

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from portal.core.errors import NotFoundError
from tramites.groups import group_for_case
from tramites.links import peticion_from_token

from .follow_access import token_for

NOT_ALLOWED = 4403


class FollowConsumer(AsyncJsonWebsocketConsumer):
    """Open to who could open the page: by its signed token, or by a session that gave the PIN."""

    group = ""

    async def connect(self) -> None:
        """
        Join the case's group before saying yes, so that no change falls in between.

        A refusal is accepted first and closed with 4403, which the page can tell from a lost one.
        """
        peticion_id = await self._case(self.scope["url_route"]["kwargs"]["llave"])
        if peticion_id is None:
            await self.accept()
            await self.close(code=NOT_ALLOWED)
            return
        self.group = group_for_case(peticion_id)
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def dispatch(self, message: dict) -> None:
        """The staff's presence travels in the same group; it is none of the citizen's business."""
        kind = message["type"]
        if kind == "changed" or kind.startswith(("websocket.", "http.")):
            await super().dispatch(message)

    async def changed(self, message: dict) -> None:
        """Pass the nudge on without its identifiers."""
        await self.send_json({"type": "changed", "kind": message.get("kind", "")})

    @database_sync_to_async
    def _case(self, llave: str) -> int | None:
        token = token_for(self.scope.get("session") or {}, llave)
        if token is None:
            return None
        try:
            return peticion_from_token(token).pk
        except NotFoundError:
            return None
