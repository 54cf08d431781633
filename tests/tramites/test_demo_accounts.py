"""The accounts that the embedded install prints are those that open."""

import pytest
from django.contrib.auth.hashers import make_password

from tests.factories import UserFactory
from tramites.demo.accounts import demo_accounts, demo_password

pytestmark = pytest.mark.django_db


def test_an_account_whose_password_was_changed_is_not_printed():
    hashed = make_password(demo_password())
    for name in ("ventanilla", "juridico"):
        UserFactory(username=name, password=hashed)
    UserFactory(username="secretaria", password=make_password("otra"))
    assert demo_accounts() == [
        ("ventanilla", demo_password()),
        ("juridico", demo_password()),
    ]
