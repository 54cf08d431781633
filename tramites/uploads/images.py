"""Pictures: opened with care and drawn again."""

import io
import warnings

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from .problem import FileProblem

MAX_PIXELS = 50_000_000
MAX_SIDE = 2560
_FORMATS = ("JPEG", "PNG", "WEBP")
_FLAT = ("RGB", "L")


def redraw(content: bytes) -> tuple[bytes, str, str]:
    """
    The picture's pixels in a new file: upright, at most 2560 px a side, without metadata.

    Returns the content, its media type and its extension. The size is read from the header, and
    refused if too large, before any pixel is decoded.

    :raises FileProblem: not a picture that can be read, or too many pixels.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=_FORMATS) as image:
                return _redraw(image)
    except FileProblem:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileProblem(_("la imagen tiene demasiados puntos")) from error
    except Exception as error:  # Pillow's decoders raise nearly anything on broken data
        raise FileProblem(_("la imagen está dañada y no se puede leer")) from error


def _redraw(image: Image.Image) -> tuple[bytes, str, str]:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise FileProblem(_("la imagen tiene demasiados puntos; envíe una más chica"))
    if image.format == "JPEG":
        image.draft("RGB", (MAX_SIDE, MAX_SIDE))
    keeps_alpha = image.format != "JPEG" and (
        "A" in image.getbands() or "transparency" in image.info
    )
    image.load()
    upright = ImageOps.exif_transpose(image)
    upright = upright.convert("RGBA" if keeps_alpha else _flat_mode(upright))
    upright.thumbnail((MAX_SIDE, MAX_SIDE))
    clean = Image.new(upright.mode, upright.size)
    clean.paste(upright)
    out = io.BytesIO()
    if image.format == "JPEG":
        clean.save(out, "JPEG", quality=85, optimize=True)
        return out.getvalue(), "image/jpeg", ".jpg"
    if image.format == "WEBP":
        clean.save(out, "WEBP", quality=85)
        return out.getvalue(), "image/webp", ".webp"
    clean.save(out, "PNG", optimize=False)
    return out.getvalue(), "image/png", ".png"


def _flat_mode(image: Image.Image) -> str:
    return image.mode if image.mode in _FLAT else "RGB"
