"""The tax authority writes the RFC in a way that asn1crypto does not expect."""

from asn1crypto.x509 import DirectoryString, NameTypeAndValue


def accept_text_identifiers() -> None:
    """
    Read ``x500UniqueIdentifier`` (2.5.4.45) as text.

    X.520 says bit string and asn1crypto insists on it; the SAT writes the RFC as UTF8String, and
    every certificate of a Mexican taxpayer would fail to parse (wbond/asn1crypto#228).
    """
    NameTypeAndValue._oid_specs["unique_identifier"] = DirectoryString
