"""
Advanced electronic signature: keys, trust, PAdES, time stamps, detached seals and validation.

Nothing here knows the database or reads the clock: bytes and moments come in, bytes and findings
go out. The doors are ``keys.load_signatory``, ``trust.load_trust``, ``pades.sign_pdf`` and
``seal_pdf``, ``stamping.mark_as_test`` and ``add_fields``, ``detached``,
``validation.validate_pdf`` and ``test_authority``; ``configuration`` alone reads the settings.
"""

from .asn1 import accept_text_identifiers

accept_text_identifiers()
