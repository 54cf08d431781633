"""Every address says who may enter."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from portal.core.access import access_of


def views() -> dict:
    """Every view of the house by its address."""
    found, queue = {}, [("/", get_resolver())]
    while queue:
        prefix, resolver = queue.pop()
        for entry in resolver.url_patterns:
            address = prefix + str(entry.pattern)
            if isinstance(entry, URLResolver):
                queue.append((address, entry))
            elif isinstance(entry, URLPattern):
                found[address] = entry.callback
    return found


@pytest.mark.parametrize("address", sorted(views()))
def test_every_address_declares_its_access(address):
    view = views()[address]
    assert access_of(view) is not None, f"{view.__module__}.{view.__name__}"
