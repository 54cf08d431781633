"""Who else has a case open: what each socket knows of the others, and for how long."""

from dataclasses import dataclass, field

#: Seconds between two signs of life of a socket, and silence after which it is taken for gone.
BEAT, SILENCE = 20, 50

#: What a person may be doing on a case.
LOOKING, ANSWERING = "mira", "responde"


@dataclass
class Others:
    """
    The other people on a case. Ids only: names are looked up for the one who may see them.

    A person with the case open twice counts once, and answering wins over looking. Moments are
    seconds of a steady clock.
    """

    me: int
    _seen: dict[str, tuple[int, str, float]] = field(default_factory=dict)

    def here(self, channel: str, user_id: int, doing: str, at: float) -> None:
        """``channel`` gave a sign of life."""
        if user_id != self.me:
            self._seen[channel] = (user_id, doing if doing == ANSWERING else LOOKING, at)

    def gone(self, channel: str) -> None:
        """``channel`` said goodbye."""
        self._seen.pop(channel, None)

    def forget_silent(self, at: float) -> None:
        """Drop who has been silent too long: a process that died says no goodbye."""
        for channel in [c for c, seen in self._seen.items() if at - seen[2] > SILENCE]:
            del self._seen[channel]

    def people(self) -> dict[int, str]:
        """User id to what they do, in the order of arrival."""
        found: dict[int, str] = {}
        for user_id, doing, _at in self._seen.values():
            if found.get(user_id) != ANSWERING:
                found[user_id] = doing
        return found
