"""Tells open pages of documents that something changed; the browser asks a view for what."""

import asyncio
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from portal.accounts.models import User
from portal.accounts.policies import StaffPolicy
from portal.core.realtime import use_loop
from portal.documents.policies import DocumentoPolicy

from .groups import LISTS, group_for

UNAUTHENTICATED, FORBIDDEN, NOT_FOUND = 4401, 4403, 4404


class DocumentsConsumer(AsyncJsonWebsocketConsumer):
    """``/ws/tablero/documentos/``: nudges of the lists, or with ``?documento=`` of one document."""

    group = ""

    async def connect(self) -> None:
        """Accept first: a browser reads the reason of a refusal only on an open socket."""
        use_loop(asyncio.get_running_loop())
        await self.accept()
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.close(code=UNAUTHENTICATED)
            return
        query = parse_qs(self.scope["query_string"].decode("latin-1"))
        refused, group = await self._group(user.pk, query.get("documento", [""])[0])
        if refused:
            await self.close(code=refused)
            return
        await self.channel_layer.group_add(group, self.channel_name)
        self.group = group

    async def disconnect(self, code: int) -> None:
        """Leave the group."""
        if self.group:
            await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive_json(self, content, **kwargs) -> None:
        """Nothing is taken from the browser: it acts through views."""

    async def changed(self, message: dict) -> None:
        """A nudge from ``portal.core.realtime``; which document it was stays here."""
        await self.send_json({"type": "changed", "kind": message.get("kind", "")})

    @database_sync_to_async
    def _group(self, user_id: int, asked: str) -> tuple[int | None, str]:
        """Why the person may not listen, or the group to join."""
        user = User.objects.filter(pk=user_id, is_active=True).first()
        if user is None or not StaffPolicy(user).is_staff_member:
            return FORBIDDEN, ""
        if not asked:
            return None, LISTS
        pk = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
        known = DocumentoPolicy(user).visible().filter(pk=pk).exists()
        return (None, group_for(pk)) if known else (NOT_FOUND, "")
