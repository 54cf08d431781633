"""The catalogue in which every Spanish text means itself."""

import gettext
import os

import polib
from django.conf import settings

from portal.core.catalogues import compile_catalogue, messages_in, write_identity


def house(tmp_path, **files):
    for name in ("portal", "tramites", "notificaciones", "tablero", "templates"):
        (tmp_path / name).mkdir()
    for name, text in files.items():
        (tmp_path / name.replace("__", "/").replace("_dot_", ".")).write_text(text)
    return tmp_path


def test_every_text_of_modules_and_templates_means_itself(tmp_path):
    root = house(
        tmp_path,
        portal__a_dot_py='x = _("Uno " "y dos")\ny = ngettext("%(n)d caso", "%(n)d casos", 2)\n',
        templates__b_dot_html="{% load i18n %}{% translate 'Tres' %}"
        "{% blocktranslate %}Hay {{ n }} aquí{% endblocktranslate %}"
        "{% blocktranslate count n=k %}{{ n }} día{% plural %}{{ n }} días{% endblocktranslate %}",
    )
    target = tmp_path / "locale" / "django.mo"
    assert write_identity(root, target)
    with target.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    catalogue.add_fallback(Refusing())
    for text in ("Uno y dos", "Tres", "Hay %(n)s aquí"):
        assert catalogue.gettext(text) == text
    assert catalogue.ngettext("%(n)d caso", "%(n)d casos", 1) == "%(n)d caso"
    assert catalogue.ngettext("%(n)s día", "%(n)s días", 2) == "%(n)s días"


class Refusing(gettext.NullTranslations):
    def gettext(self, message):
        raise AssertionError(f"{message!r} was sought further on")

    def ngettext(self, one, many, n):
        raise AssertionError(f"{one!r} was sought further on")


def test_it_is_written_again_only_after_a_change(tmp_path):
    root = house(tmp_path, portal__a_dot_py='x = _("Uno")\n')
    target = tmp_path / "locale" / "django.mo"
    assert write_identity(root, target)
    assert not write_identity(root, target)
    later = target.stat().st_mtime + 10
    os.utime(root / "portal" / "a.py", (later, later))
    assert write_identity(root, target)


def test_what_is_translated_into_english_is_found_in_the_sources():
    """A text that the English catalogue holds and the reader of sources misses would be slow."""
    folder = settings.BASE_DIR
    found = set()
    for package in ("portal", "tramites", "tablero", "notificaciones", "templates"):
        for pattern in ("*.py", "*.html"):
            for path in (folder / package).rglob(pattern):
                found |= {text for text, _plural in messages_in(path)}
    source = folder / "locale" / "en" / "LC_MESSAGES" / "django.po"
    wanted = {entry.msgid for entry in polib.pofile(str(source)) if not entry.obsolete}
    assert len(wanted - found) <= len(wanted) // 20, sorted(wanted - found)[:10]


def test_a_compiled_catalogue_is_left_alone_until_its_source_changes(tmp_path):
    source = tmp_path / "django.po"
    source.write_text('msgid ""\nmsgstr ""\n\nmsgid "Uno"\nmsgstr "One"\n')
    assert compile_catalogue(source)
    assert not compile_catalogue(source)
