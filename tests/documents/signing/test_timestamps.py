"""Our own time stamps say when, over what, and whose they are."""

import asyncio

from asn1crypto import tsp

from portal.documents.signing.timestamps import Stamper

from .papers import NOW


def stamp(authority, digest: bytes):
    """A token, as it goes into a signature."""
    return asyncio.run(Stamper(authority, NOW).async_timestamp(digest, "sha256"))


def test_a_stamp_says_when_and_over_what(clock_tower):
    info = stamp(clock_tower, b"\x07" * 32)["content"]["encap_content_info"]["content"].parsed
    assert info["gen_time"].native == NOW
    assert info["message_imprint"]["hashed_message"].native == b"\x07" * 32
    assert info["policy"].native == "2.999.3161.1"


def test_two_stamps_have_different_numbers(clock_tower):
    numbers = {
        stamp(clock_tower, bytes(32))["content"]["encap_content_info"]["content"]
        .parsed["serial_number"]
        .native
        for _ in range(5)
    }
    assert len(numbers) == 5


def test_a_request_without_nonce_is_answered_without(clock_tower):
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": bytes(32)}
    asked = tsp.TimeStampReq({"version": 1, "message_imprint": imprint, "cert_req": True})
    answer = tsp.TimeStampResp.load(clock_tower.respond(asked.dump(), NOW))
    info = answer["time_stamp_token"]["content"]["encap_content_info"]["content"].parsed
    assert answer["status"]["status"].native == "granted"
    assert info["nonce"].native is None
