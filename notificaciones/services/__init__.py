"""Use cases of the outbox. Other apps call ``enqueue`` from their subscribers, nothing else."""

from .enqueueing import Recipient, enqueue
from .outbox import discard, resend

__all__ = ["Recipient", "discard", "enqueue", "resend"]
