"""Keys of submissions that callers choose, kept apart from those that the house makes."""

import hashlib


def stored_key(key: str) -> str:
    """
    What is kept of an ``Idempotency-Key``: 64 characters that no key of the site can equal, so a
    caller can neither meet nor occupy the key of somebody's draft.
    """
    return hashlib.sha256(f"portal.public.api:{key}".encode()).hexdigest()
