"""Key files as old and new issuers encrypt them; ``cryptography`` itself only writes the newest."""

import hashlib
import os

from asn1crypto import keys
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

ROUNDS = 2048


def plain(key, layout=PrivateFormat.PKCS8, encoding=Encoding.DER) -> bytes:
    """The key without protection."""
    return key.private_bytes(encoding, layout, NoEncryption())


def _encrypt(cipher, initial: bytes, data: bytes) -> bytes:
    padder = PKCS7(cipher.block_size).padder()
    padded = padder.update(data) + padder.finalize()
    encryptor = Cipher(cipher, modes.CBC(initial)).encryptor()
    return encryptor.update(padded) + encryptor.finalize()


def pbes2(
    key,
    secret: str,
    *,
    scheme: str = "tripledes_3key",
    rounds: int = ROUNDS,
    encoding: str = "utf-8",
) -> bytes:
    """PBES2 with PBKDF2 over SHA-1, as the SAT writes it, or with AES of 128 bits."""
    salt, is_aes = os.urandom(8), scheme == "aes128_cbc"
    initial = os.urandom(16 if is_aes else 8)
    length = 16 if is_aes else 24
    raw = secret.encode(encoding)
    derived = hashlib.pbkdf2_hmac("sha1", raw, salt, min(rounds, ROUNDS), length)
    cipher = AES(derived) if is_aes else TripleDES(derived)
    derivation = {
        "algorithm": "pbkdf2",
        "parameters": {
            "salt": keys.OctetString(salt),
            "iteration_count": rounds,
            "prf": {"algorithm": "sha1"},
        },
    }
    parameters = {
        "key_derivation_func": derivation,
        "encryption_scheme": {"algorithm": scheme, "parameters": initial},
    }
    return _wrapped("pbes2", parameters, _encrypt(cipher, initial, plain(key)))


def pbes1(key, secret: str) -> bytes:
    """PBES1 with MD5 and DES, the oldest in use."""
    salt = os.urandom(8)
    derived = secret.encode() + salt
    for _ in range(ROUNDS):
        derived = hashlib.md5(derived).digest()
    cipher = TripleDES(derived[:8] * 3)
    parameters = {"salt": salt, "iterations": ROUNDS}
    return _wrapped("pbes1_md5_des", parameters, _encrypt(cipher, derived[8:16], plain(key)))


def _wrapped(algorithm: str, parameters: dict, data: bytes) -> bytes:
    info = {
        "encryption_algorithm": {"algorithm": algorithm, "parameters": parameters},
        "encrypted_data": data,
    }
    return keys.EncryptedPrivateKeyInfo(info).dump()
