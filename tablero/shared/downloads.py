"""Files that people uploaded, handed out so that no browser runs them."""

from django.http import FileResponse

from portal.core.files import open_stored


def uploaded_file(row) -> FileResponse:
    """
    The file of ``row`` (``ruta``, ``archivo``, ``tipo``): always a download, never sniffed.

    :raises NotFoundError: it is not on the disk.
    """
    response = FileResponse(
        open_stored(row.ruta), as_attachment=True, filename=row.archivo, content_type=row.tipo
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
