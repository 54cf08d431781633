"""Electronic signatures: the folder of keys and authorities, and what is asked of them."""

from pathlib import Path

from .env import DATA_DIR, env

#: Roots, intermediate authorities, revocation lists, the institution's seal and time stamp pairs.
DOCUMENTS_PKI_DIR = Path(env.str("DOCUMENTS_PKI_DIR", default="") or DATA_DIR / "pki").resolve()

#: Whether a signature waits for fresh news about revocation; otherwise it only heeds what is known.
DOCUMENTS_REVOCATION_REQUIRED = env.bool("DOCUMENTS_REVOCATION_REQUIRED", default=True)

#: Passphrases of the institution's pairs; where they are empty, the file beside the pair is read.
DOCUMENTS_SEAL_PASSPHRASE = env.str("DOCUMENTS_SEAL_PASSPHRASE", default="")
DOCUMENTS_TIMESTAMP_PASSPHRASE = env.str("DOCUMENTS_TIMESTAMP_PASSPHRASE", default="")

#: Dotted path of a callable without arguments that gives another time stamp authority.
DOCUMENTS_TIMESTAMP_AUTHORITY = env.str("DOCUMENTS_TIMESTAMP_AUTHORITY", default="")

#: Verification by anybody, from one address: (most, seconds). Looking up is generous, for a counter
#: that scans all day; what was not found is strict, for it may be guessing.
DOCUMENTS_VERIFY_LIMITS = {
    "consultas": (env.int("VERIFICAR_LIMITE_CONSULTAS", default=120), 60),
    "fallidas": (env.int("VERIFICAR_LIMITE_FALLIDAS", default=20), 600),
    "archivos": (env.int("VERIFICAR_LIMITE_ARCHIVOS", default=30), 600),
}
