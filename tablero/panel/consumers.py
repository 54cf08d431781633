"""
The staff socket: it says *that* something changed; the browser asks a view for *what*.

With ``?folio=`` it listens to one case and tells who else has it open.
"""

import asyncio
import contextlib
import time
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer

from portal.accounts.models import User
from portal.core.realtime import use_loop
from tramites.groups import ALL_OFFICES, group_for_case, group_for_office
from tramites.policies import PeticionPolicy

from .policies import PanelPolicy
from .presence import BEAT, LOOKING, Others

UNAUTHENTICATED, FORBIDDEN, NOT_FOUND = 4401, 4403, 4404


class StaffConsumer(AsyncJsonWebsocketConsumer):
    """``/ws/tablero/``: nudges of one's offices, or of one case with the presence of others."""

    groups_joined: tuple[str, ...] = ()
    case_group: str | None = None
    beating: asyncio.Task | None = None

    async def connect(self) -> None:
        """Accept first: a browser reads the reason of a refusal only on an open socket."""
        use_loop(asyncio.get_running_loop())
        await self.accept()
        user = self.scope["user"]
        if not user.is_authenticated:
            await self.close(code=UNAUTHENTICATED)
            return
        query = parse_qs(self.scope["query_string"].decode("latin-1"))
        folio = query.get("folio", [""])[0]
        refused, groups = await self._groups(user.pk, folio)
        if refused:
            await self.close(code=refused)
            return
        self.groups_joined = groups
        for group in groups:
            await self.channel_layer.group_add(group, self.channel_name)
        if folio:
            await self._arrive(user, groups[0], query.get("modo", [LOOKING])[0])

    async def disconnect(self, code: int) -> None:
        """Say goodbye to whoever shares the case."""
        if self.beating is not None:
            self.beating.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.beating
        for group in self.groups_joined:
            await self.channel_layer.group_discard(group, self.channel_name)
        if self.case_group:
            await self._tell({"type": "presence.gone"})

    async def receive_json(self, content, **kwargs) -> None:
        """Nothing is taken from the browser: it acts through views."""

    @database_sync_to_async
    def _groups(self, user_id: int, folio: str) -> tuple[int | None, tuple[str, ...]]:
        """Why the person may not listen, or the groups to join; the session may be old."""
        user = User.objects.filter(pk=user_id, is_active=True).first()
        if user is None:
            return UNAUTHENTICATED, ()
        if folio:
            pk = PeticionPolicy(user).visible().filter(folio=folio).values_list("pk").first()
            return (None, (group_for_case(pk[0]),)) if pk else (NOT_FOUND, ())
        policy = PanelPolicy(user)
        if not policy.can_view():
            return FORBIDDEN, ()
        offices = policy.offices()
        if offices is None:
            return None, (ALL_OFFICES,)
        return None, tuple(group_for_office(office) for office in sorted(offices))

    async def changed(self, message: dict) -> None:
        """A nudge from ``portal.core.realtime``."""
        await self.send_json({"type": "changed", "kind": message.get("kind", "")})

    # presence

    async def _arrive(self, user, group: str, doing: str) -> None:
        self.case_group, self.doing = group, doing
        self.user_id, self.others, self.told = user.pk, Others(me=user.pk), {}
        self.beating = asyncio.create_task(self._beat())
        await self._tell({"type": "presence.here", "ask": True})

    async def _beat(self) -> None:
        """Show life, forget the silent, and leave when the case is no longer this person's."""
        folio = parse_qs(self.scope["query_string"].decode("latin-1"))["folio"][0]
        while True:
            await asyncio.sleep(BEAT)
            refused, _groups = await self._groups(self.user_id, folio)
            if refused:
                await self.close(code=refused)
                return
            self.others.forget_silent(time.monotonic())
            await self._show_others()
            await self._tell({"type": "presence.here", "ask": False})

    async def _tell(self, message: dict) -> None:
        body = {"channel": self.channel_name, "user": self.user_id, "doing": self.doing}
        await self.channel_layer.group_send(self.case_group, message | body)

    async def presence_here(self, message: dict) -> None:
        """Another socket on the case (or this one) gave a sign of life."""
        if message["channel"] == self.channel_name:
            return
        self.others.here(message["channel"], message["user"], message["doing"], at=time.monotonic())
        if message["ask"]:
            await self._tell({"type": "presence.here", "ask": False})
        await self._show_others()

    async def presence_gone(self, message: dict) -> None:
        """Another socket on the case was closed."""
        self.others.gone(message["channel"])
        await self._show_others()

    async def _show_others(self) -> None:
        people = self.others.people()
        if people == self.told:
            return
        self.told = people
        names = await self._names(list(people))
        await self.send_json(
            {
                "type": "presence",
                "people": [
                    {"nombre": names[pk], "modo": doing}
                    for pk, doing in people.items()
                    if pk in names
                ],
            }
        )

    @database_sync_to_async
    def _names(self, ids: list[int]) -> dict[int, str]:
        return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}
