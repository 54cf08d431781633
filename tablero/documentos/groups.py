"""Names of the groups that open pages of this room listen to."""

#: Whoever has a list open.
LISTS = "documentos"


def group_for(documento_id: int) -> str:
    """Whoever has this document open."""
    return f"documento-{documento_id}"
