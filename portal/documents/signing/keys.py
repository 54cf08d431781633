"""
A signer's pair: ``.cer`` and ``.key`` as the SAT hands them out, open for one act and then dropped.

The private key lives in one object that cannot be printed, compared, pickled or cached, and every
error is raised without its cause, so that no trace carries key or passphrase.
"""

import secrets

from asn1crypto.core import Sequence
from asn1crypto.keys import EncryptedPrivateKeyInfo, PrivateKeyInfo, RSAPrivateKey
from asn1crypto.pem import unarmor
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from .certificates import MAX_BYTES, Identity, identity_of, load_certificate
from .refusals import refuse

#: Rounds of key derivation above which a key file is an attack on the server's time.
MAX_ROUNDS = 2_000_000
KNOWN_DERIVATIONS = {"pbkdf2", "pbkdf1", "pkcs12_kdf"}


class Signatory:
    """
    Somebody who can sign now: certificate and private key together.

    Use it as a context manager: the key is dropped on the way out.
    """

    __slots__ = ("_key", "certificate", "identity")

    def __init__(self, certificate: x509.Certificate, key: rsa.RSAPrivateKey | None) -> None:
        self.certificate = certificate
        self.identity: Identity = identity_of(certificate)
        self._key = key

    def sign(self, data: bytes) -> bytes:
        """
        RSA PKCS#1 v1.5 with SHA-256 over ``data``.

        :raises ValueError: the signatory was closed.
        """
        if self._key is None:
            raise ValueError("This signatory was closed.")
        return self._key.sign(data, PKCS1v15(), SHA256())

    @property
    def signature_bytes(self) -> int:
        """Length of its signatures."""
        return self.certificate.public_key().key_size // 8

    def reopened(self) -> "Signatory":
        """Another one over the same key, which can be closed by itself."""
        return Signatory(self.certificate, self._key)

    def close(self) -> None:
        """Drop the key."""
        self._key = None

    def __enter__(self) -> "Signatory":
        return self

    def __exit__(self, *exc) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Signatory {self.identity.serie}>"

    def __reduce__(self):
        raise TypeError("A signatory is not stored.")


@sensitive_variables()
def load_signatory(certificate: bytes, key: bytes, passphrase: str) -> Signatory:
    """
    Open a pair of files with its passphrase.

    :raises InvalidInputError: with ``fields`` about ``certificado``, ``llave`` or ``contrasena``.
    """
    _refuse_swapped(certificate, key)
    loaded = load_certificate(certificate)
    private = _open_key(_encrypted_der(key), passphrase)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise refuse("llave", _("La llave privada debe ser RSA."), code="llave_debil")
    if private.public_key().public_numbers() != loaded.public_key().public_numbers():
        raise refuse(
            "llave",
            _("La llave privada no corresponde al certificado."),
            code="par_distinto",
        )
    return Signatory(loaded, private)


def _refuse_swapped(certificate: bytes, key: bytes) -> None:
    if _is_key(certificate) and _is_certificate(key):
        line = _("Los archivos están cambiados: aquí va el certificado (.cer).")
        error = refuse("certificado", line, code="archivos_cambiados")
        error.fields["llave"] = [_("Los archivos están cambiados: aquí va la llave (.key).")]
        raise error


def _is_certificate(data: bytes) -> bool:
    try:
        load_certificate(data)
    except Exception as error:  # noqa: BLE001 - anything unreadable is not a certificate
        return getattr(error, "code", "") == "llave_debil"
    return True


def _is_key(data: bytes) -> bool:
    return _kind(_der(data)) != ""


@sensitive_variables()
def _der(data: bytes) -> bytes:
    """DER of a key file, which may come armoured; anything else is left as it is."""
    if data.lstrip().startswith(b"-----BEGIN"):
        try:
            return unarmor(data)[2]
        except Exception:  # noqa: BLE001 - armour that cannot be opened is no key
            return b""
    return data


def _kind(der: bytes) -> str:
    """``encrypted``, ``plain`` or nothing known."""
    if len(der) > MAX_BYTES:
        return ""
    for kind, structure in (
        ("encrypted", EncryptedPrivateKeyInfo),
        ("plain", PrivateKeyInfo),
        ("plain", RSAPrivateKey),
    ):
        if _parses(structure, der):
            return kind
    return ""


def _parses(structure: type[Sequence], der: bytes) -> bool:
    try:
        structure.load(der, strict=True)._parse_children(recurse=True)
    except Exception:  # noqa: BLE001 - the parser raises many kinds on hostile bytes
        return False
    return True


@sensitive_variables()
def _encrypted_der(data: bytes) -> bytes:
    """
    The encrypted PKCS#8 of a key file.

    :raises InvalidInputError: about ``llave``.
    """
    if not data:
        raise refuse("llave", _("El archivo de la llave está vacío."), code="archivo_vacio")
    if len(data) > MAX_BYTES:
        line = _("El archivo es demasiado grande para ser una llave.")
        raise refuse("llave", line, code="archivo_grande")
    der = _der(data)
    kind = _kind(der)
    if kind == "plain":
        line = _("La llave no está cifrada. Use la llave (.key) protegida con contraseña.")
        raise refuse("llave", line, code="llave_sin_cifrar")
    if not kind:
        line = _("El archivo no es una llave privada (.key).")
        raise refuse("llave", line, code="llave_ilegible")
    _check_derivation(der)
    return der


def _check_derivation(der: bytes) -> None:
    """Refuse what would keep the server busy, or what no issuer writes."""
    algorithm = EncryptedPrivateKeyInfo.load(der)["encryption_algorithm"]
    try:
        known = algorithm.kdf in KNOWN_DERIVATIONS and algorithm.kdf_iterations <= MAX_ROUNDS
    except Exception:  # noqa: BLE001 - parameters that cannot be read
        known = False
    if not known:
        line = _("La llave usa un cifrado que no se admite.")
        raise refuse("llave", line, code="cifrado_no_admitido")


@sensitive_variables()
def _open_key(der: bytes, passphrase: str):
    """
    The private key of encrypted PKCS#8. A passphrase with accents is tried in both encodings.

    :raises InvalidInputError: about ``contrasena`` or, for an unknown cipher, ``llave``.
    """
    if not passphrase:
        raise refuse("contrasena", _("Escriba la contraseña."), code="contrasena_vacia")
    for secret in _encodings(passphrase):
        try:
            return load_der_private_key(der, password=secret)
        except Exception as error:  # noqa: BLE001 - ciphers or keys that the library does not know
            unknown = _says_unknown(error)
        if unknown and not _opens_with_another(der):
            line = _("La llave usa un cifrado que no se admite.")
            raise refuse("llave", line, code="cifrado_no_admitido") from None
    line = _("La contraseña no abre esta llave.")
    raise refuse("contrasena", line, code="contrasena_incorrecta") from None


def _says_unknown(error: Exception) -> bool:
    return not isinstance(error, ValueError) or "algorithm" in str(error).lower()


def _opens_with_another(der: bytes) -> bool:
    """
    Whether the cipher itself is known: a wrong passphrase gives, once in hundreds, bytes that look
    like a key of another kind; an unknown cipher says so whatever the passphrase.
    """
    for _attempt in range(2):
        try:
            load_der_private_key(der, password=secrets.token_bytes(12))
        except Exception as error:  # noqa: BLE001 - see above
            if not _says_unknown(error):
                return True
    return False


@sensitive_variables()
def _encodings(passphrase: str) -> list[bytes]:
    found = [passphrase.encode("utf-8", "surrogatepass")]
    try:
        latin = passphrase.encode("latin-1")
    except UnicodeEncodeError:
        return found
    return found if latin in found else [*found, latin]
