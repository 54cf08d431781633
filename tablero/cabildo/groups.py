"""Names of the groups that the screens of a session listen to."""


def group_for_session(sesion_id: int) -> str:
    """The screens that look at one session."""
    return f"cabildo.sesion.{sesion_id}"
