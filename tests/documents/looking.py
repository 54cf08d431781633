"""Pages seen as pictures, by poppler: what is really painted, and where."""

import io
import subprocess

from PIL import Image


def picture(pdf: bytes, page: int = 1) -> Image.Image:
    """One page in greys, a dot for each point."""
    shown = _poppler("pdftoppm", "-gray", "-r", "72", "-f", str(page), "-l", str(page), pdf=pdf)
    return Image.open(io.BytesIO(shown))


def clear_picture(pdf: bytes) -> Image.Image:
    """The first page with what is not painted left transparent."""
    options = ("-png", "-transp", "-singlefile", "-r", "72")
    return Image.open(io.BytesIO(_poppler("pdftocairo", *options, pdf=pdf, out="-")))


def ink(image: Image.Image) -> int:
    """How many dots of a picture in greys are darker than a tint."""
    return sum(1 for value in image.tobytes() if value < 200)


def _poppler(program: str, *options: str, pdf: bytes, out: str = "") -> bytes:
    command = [program, *options, "-", *([out] if out else [])]
    return subprocess.run(command, input=pdf, capture_output=True, check=True).stdout
