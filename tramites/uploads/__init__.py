"""
Files that people hand in: checked by what they are and not by their name, and kept apart.

Pictures are drawn again, so that place and device data are gone and nothing rides along. Files lie
outside the web root under random names; a view asks a policy before it opens one.
"""

from portal.core.files import open_stored

from .intake import MAX_BYTES, MAX_FILES, StoredFile, discard_upload, receive_upload

__all__ = [
    "MAX_BYTES",
    "MAX_FILES",
    "StoredFile",
    "discard_upload",
    "open_stored",
    "receive_upload",
]
