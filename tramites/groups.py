"""Names of the channel groups that are nudged when a case changes."""

ALL_OFFICES = "oficinas.todas"


def group_for_office(office_id: int) -> str:
    """Whoever has a list of this office open."""
    return f"oficina.{office_id}"


def group_for_case(peticion_id: int) -> str:
    """Whoever has this case open."""
    return f"peticion.{peticion_id}"
