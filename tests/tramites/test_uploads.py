import errno
import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter

from portal.core import files
from portal.core.errors import InvalidInputError, NotFoundError, UnavailableError
from tramites.uploads import MAX_BYTES, discard_upload, open_stored, receive_upload


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "archivos"
    return settings.MEDIA_ROOT


def left_behind(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file()]


def picture(kind="JPEG", size=(40, 30), mode="RGB", **options):
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else None).save(out, kind, **options)
    return out.getvalue()


def pdf(pages=1, password=""):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def send(content, name="foto.jpg"):
    return receive_upload(SimpleUploadedFile(name, content))


def refused(folder, content, name="foto.jpg"):
    with pytest.raises(InvalidInputError) as caught:
        send(content, name)
    assert left_behind(folder) == []
    return caught.value.fields["archivo"][0]


@pytest.mark.parametrize(
    ("kind", "name", "media"),
    [
        ("JPEG", "foto.JPG", "image/jpeg"),
        ("PNG", "foto.png", "image/png"),
        ("WEBP", "foto.webp", "image/webp"),
    ],
)
def test_a_picture_is_kept_under_a_random_name(folder, kind, name, media):
    stored = send(picture(kind), name)
    path = Path(folder) / stored.ruta
    assert stored.tipo == media
    assert "foto" not in stored.ruta
    assert stored.clave in stored.ruta
    assert stored.tamano == path.stat().st_size
    assert path.stat().st_mode & 0o777 == 0o600
    assert open_stored(stored.ruta).read() == path.read_bytes()


def exif_with_position():
    exif = Image.Exif()
    exif[0x010F] = "Telefono Secreto"
    exif[0x0112] = 6
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2] = "N", (20.0, 39.0, 0.0)
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_position_and_device_are_gone_and_the_picture_stands_upright(kind):
    content = picture(kind, size=(40, 20), exif=exif_with_position())
    assert b"Telefono Secreto" in content
    stored = send(content, f"foto.{kind.lower().replace('jpeg', 'jpg')}")
    kept = open_stored(stored.ruta).read()
    assert b"Telefono Secreto" not in kept
    image = Image.open(io.BytesIO(kept))
    assert dict(image.getexif()) == {}
    assert image.size == (20, 40)


def test_text_hidden_in_a_png_does_not_ride_along():
    info = PngInfo()
    info.add_text("Comment", "<script>alert(1)</script>")
    stored = send(picture("PNG", pnginfo=info), "a.png")
    assert b"<script>" not in open_stored(stored.ruta).read()


def test_what_is_glued_behind_a_picture_does_not_ride_along():
    stored = send(picture() + b"PK\x03\x04 un zip escondido")
    assert b"escondido" not in open_stored(stored.ruta).read()


def test_large_pictures_are_made_smaller():
    stored = send(picture(size=(4000, 1000)))
    assert Image.open(open_stored(stored.ruta)).size == (2560, 640)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_odd_colour_modes_become_plain(mode):
    image = Image.open(open_stored(send(picture(mode=mode)).ruta))
    assert image.mode in ("RGB", "L")


def test_a_transparent_png_stays_transparent():
    image = Image.open(open_stored(send(picture("PNG", mode="RGBA"), "a.png").ruta))
    assert image.mode == "RGBA"


def bomb(width, height):
    """A PNG that says it has so many pixels, and has none."""

    def chunk(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body
            + struct.pack(">I", zlib.crc32(kind + body))
        )  # fmt: skip

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = zlib.compress(b"\0" * 100)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(8000, 8000), (60000, 60000)])
def test_a_pixel_bomb_is_refused_before_it_is_decoded(folder, size):
    assert "demasiados puntos" in refused(folder, bomb(*size), "bomba.png")


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        pytest.param(b"", "nada.jpg", "vacío", id="empty"),
        pytest.param(b"\xff\xd8\xff\xe0basura", "roto.jpg", "dañada", id="broken picture"),
        pytest.param(picture()[:200], "medio.jpg", "dañada", id="half a picture"),
        pytest.param(b"MZ\x90\x00", "virus.jpg", "no es JPG", id="program with a picture's name"),
        pytest.param(b"<svg onload=alert(1)>", "x.svg", "no es JPG", id="svg"),
        pytest.param(b"GIF89a" + b"\0" * 50, "x.gif", "no es JPG", id="gif"),
        pytest.param(picture("PNG"), "x.jpg", "dice ser JPG", id="png called jpg"),
        pytest.param(pdf(), "x.jpg", "dice ser JPG", id="pdf called jpg"),
        pytest.param(picture(), "x.exe", "dice ser EXE", id="picture called exe"),
        pytest.param(b"%PDF-1.7 nada", "x.pdf", "incompleto", id="broken pdf"),
        pytest.param(b"%PDF-1.7\n%%EOF", "x.pdf", "dañado", id="hollow pdf"),
        pytest.param(pdf(password="x"), "x.pdf", "contraseña", id="encrypted pdf"),
        pytest.param(pdf(201), "x.pdf", "200 páginas", id="endless pdf"),
        pytest.param(pdf() + b"PK\x03\x04zip", "x.pdf", "pegada", id="pdf with a zip behind"),
        pytest.param(b"\0\0\0\x18ftypheic" + b"\0" * 20, "x.heic", "HEIC", id="heic"),
    ],
)
def test_what_is_not_what_it_says_gets_a_clear_line_and_leaves_nothing(folder, content, name, says):
    line = refused(folder, content, name)
    assert says in line
    assert name in line


def test_a_file_too_large_is_refused_by_its_size_and_by_its_content(folder):
    class Liar:
        name, size = "grande.jpg", 10

        def read(self, count):
            return b"\xff\xd8\xff" + b"\0" * (count - 3)

    assert "10 MB" in refused(folder, b"\xff\xd8\xff" + b"\0" * MAX_BYTES)
    with pytest.raises(InvalidInputError):
        receive_upload(Liar())


def test_a_pdf_is_kept_as_it_came():
    content = pdf(3)
    stored = send(content, "escrito.pdf")
    assert open_stored(stored.ruta).read() == content
    assert (stored.tipo, stored.nombre) == ("application/pdf", "escrito.pdf")


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.jpg", "passwd.jpg"),
        ("C:\\fotos\\bache.jpg", "bache.jpg"),
        ('a"b<c>.jpg', "abc.jpg"),
        ("\u202egpj.exe.jpg", "gpj.exe.jpg"),
        ("", "archivo.jpg"),
        ("x" * 300 + ".jpg", "x" * 116 + ".jpg"),
        ("foto\r\nSet-Cookie: x.jpg", "foto Set-Cookie x.jpg"),
        ("sin extension", "sin extension.jpg"),
    ],
)
def test_names_are_made_harmless(name, kept):
    class File:
        size = 10

        def read(self, count):
            return picture()

    File.name = name
    assert receive_upload(File()).nombre == kept


@pytest.mark.parametrize("step", ["_write", "_sync_folder"])
def test_a_full_disk_says_so_and_leaves_nothing(folder, monkeypatch, step):
    real = getattr(files, step)

    def full(*args):
        real(*args)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(files, step, full)
    with pytest.raises(UnavailableError) as caught:
        send(picture())
    assert caught.value.code == "disco_lleno"
    assert left_behind(folder) == []


def test_an_unwritable_folder_says_so(folder, monkeypatch):
    Path(folder).parent.mkdir(exist_ok=True)
    Path(folder).write_text("a file where the folder should be")
    with pytest.raises(UnavailableError):
        send(picture())


def test_a_discarded_file_is_gone_and_discarding_again_is_no_error(folder):
    stored = send(picture())
    discard_upload(stored)
    discard_upload(stored)
    assert left_behind(folder) == []
    with pytest.raises(NotFoundError):
        open_stored(stored.ruta)


def test_no_path_leads_out_of_the_folder(folder, tmp_path):
    (tmp_path / "secreto.txt").write_text("x")
    with pytest.raises(NotFoundError):
        open_stored("../secreto.txt")
