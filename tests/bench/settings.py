"""Production's settings with two bare views to measure against, and one address per request."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
# Attempts are limited per address; the client of the bench says which of many it plays.
MIDDLEWARE = ["tests.bench.views.PlayedAddress", *MIDDLEWARE]  # noqa: F405
