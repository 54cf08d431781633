from django.core.checks import Tags, Warning, register

from .colors import MINIMUM_CONTRAST, contrast_ratio, valid_color
from .site import municipality


@register(Tags.compatibility)
def check_municipality_colors(app_configs, **kwargs) -> list[Warning]:
    """Warn when a colour of the municipality is not one, or is too pale to read on white."""
    data = municipality()
    warnings = []
    for key, identifier in (("color", "ui.W001"), ("cenefa", "ui.W002")):
        if data[key] and valid_color(data[key]) is None:
            warnings.append(
                Warning(
                    f"MUNICIPIO['{key}'] no es un color: se usa el de fábrica.",
                    hint="Escríbalo como #rrggbb, por ejemplo #2b3a84.",
                    id=identifier,
                )
            )
    color = valid_color(data["color"])
    if color and contrast_ratio(color, "#ffffff") < MINIMUM_CONTRAST:
        ratio = contrast_ratio(color, "#ffffff")
        warnings.append(
            Warning(
                f"MUNICIPIO['color'] tiene contraste {ratio:.1f}:1 sobre blanco; se piden 7:1.",
                hint="Elija un tono más oscuro.",
                id="ui.W003",
            )
        )
    return warnings
