"""What the tests of the Cabildo share."""

import pytest

from portal.accounts.constants import Rol
from tests.documents.authority import ready_authority
from tests.factories import StaffFactory, load_calendar

from .factories import a_body, rule
from .noticing import PASSWORD


@pytest.fixture
def house(settings, tmp_path):
    """A body of five, its rules of notice, the calendar, a certificate, and the Secretary."""
    settings.MEDIA_ROOT = tmp_path / "archivos"
    ready_authority()
    load_calendar()
    rule("convocatoria", "convocatoria-ordinaria")
    rule("convocatoria", "convocatoria-extraordinaria", cantidad=24, urgencia=True)
    secretary = StaffFactory(rol=Rol.SECRETARIA, password=PASSWORD)
    secretary.set_password(PASSWORD)
    secretary.save()
    return {"body": a_body(5), "secretary": secretary}
