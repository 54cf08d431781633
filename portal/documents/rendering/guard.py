"""What a layout may not say: it reaches no file, package or code but the prelude."""

import re

from django.utils.translation import gettext as _

from .errors import LayoutError

MAX_LENGTH = 60_000
PRELUDE = re.compile(r'^\s*#?import\s+"base\.typ"\s*(:\s*[\w\-*,() ]+)?\s*$')
# Whole words anywhere, comments and strings too: none is Spanish, and each is a way around the
# rest. Without `eval` and `std` no name can be put together while the layout runs.
_REFUSED = re.compile(r"(?<![\w-])(eval|std|include|plugin|import)(?![\w-])|@(?=[a-z]+/)")


def require_harmless(source: str) -> None:
    """Raises ``LayoutError`` with the line where ``source`` reaches outside, or if it is huge."""
    if len(source) > MAX_LENGTH:
        raise LayoutError(_("La plantilla pasa de 60 000 caracteres."))
    for number, line in enumerate(source.splitlines(), start=1):
        if PRELUDE.match(line):
            continue
        if found := _REFUSED.search(line):
            raise LayoutError(
                _("Una plantilla no puede usar «%s».") % found[0],
                number,
                found.start() + 1,
                _("Sólo puede importarse «base.typ», en un renglón propio."),
            )
