"""The ways in which a person may ask to be told, and what is left to prove of them. Pure."""

SMS, CORREO, AMBOS, NINGUNO = "sms", "correo", "ambos", "ninguno"

#: The channels that each answer asks for, in the order in which they are proved.
CHANNELS = {SMS: (SMS,), CORREO: (CORREO,), AMBOS: (SMS, CORREO), NINGUNO: ()}
FIELDS = {SMS: "telefono", CORREO: "correo"}


def targets(given: dict) -> dict[str, str]:
    """Where notices would go, by channel, of the contact kept in a draft."""
    channels = CHANNELS.get(given.get("via", ""), ())
    return {canal: given.get(FIELDS[canal], "") for canal in channels}


def pending(given: dict) -> tuple[str, str]:
    """The first channel and address neither proved nor left unproved; empty when none is left."""
    settled = {*(given.get("verificados") or {}), *(given.get("sin_verificar") or [])}
    waiting = ((c, to) for c, to in targets(given).items() if c not in settled)
    return next(waiting, ("", ""))


def still_proved(given: dict, before: dict) -> dict[str, str]:
    """The proofs of ``before`` whose address is the same in ``given``: channel to moment."""
    proofs, same = before.get("verificados") or {}, targets(before)
    return {c: proofs[c] for c, to in targets(given).items() if c in proofs and same.get(c) == to}
