"""A signed file as others read it."""

import subprocess
from io import BytesIO

from pypdf import PdfReader


def open_pdf(pdf: bytes) -> PdfReader:
    """The file for a reader that is not the one that signed."""
    return PdfReader(BytesIO(pdf))


def widgets(pdf: bytes) -> dict[str, dict]:
    """The signature fields by name."""
    return {str(name): field for name, field in (open_pdf(pdf).get_fields() or {}).items()}


def annotations(pdf: bytes) -> list[dict]:
    """The signature widgets of all pages, in the order of the pages."""
    found = []
    for page in open_pdf(pdf).pages:
        found += [item.get_object() for item in page.get("/Annots", [])]
    return [item for item in found if item["/Subtype"] == "/Widget"]


def fonts(pdf: bytes) -> list[str]:
    """The font of every object of the file, and whether its program is there too."""
    reader, found = open_pdf(pdf), []
    for number in range(1, int(reader.trailer["/Size"])):
        item = reader.get_object(number)
        if isinstance(item, dict) and item.get("/Type") == "/FontDescriptor":
            embedded = {"/FontFile", "/FontFile2", "/FontFile3"} & set(item)
            found.append(f"{item['/FontName']} {'embedded' if embedded else 'missing'}")
    return found


def pdfsig(pdf: bytes, folder) -> str:
    """What poppler says about the signatures."""
    path = folder / "firmado.pdf"
    path.write_bytes(pdf)
    result = subprocess.run(
        ["pdfsig", "-nocert", str(path)], capture_output=True, text=True, check=False
    )
    return result.stdout
