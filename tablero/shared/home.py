"""The blocks of the staff home: what each room has to say to the person who just came in."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from portal.core.registry import blocks_for


def rendered_blocks(request) -> list[SafeString]:
    """The blocks that have something for this person, in order."""
    found = []
    for block in blocks_for("tablero"):
        context = block.context(request)
        if context is not None:
            found.append(mark_safe(render_to_string(block.template, context, request)))
    return found
