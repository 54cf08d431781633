"""The record: one hash chain per stream (a case, an office, a session), written once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StreamHead(models.Model):
    """Last link of a stream. Locked while appending, so that a chain cannot fork."""

    stream = models.CharField(max_length=80, primary_key=True)
    sequence = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("cabeza de registro")
        verbose_name_plural = _("cabezas de registro")


class EventRecord(models.Model):
    """
    One fact: the timeline, the audit and the proof of a stream.

    ``payload`` holds ids and primitives only, so that the record survives an erasure request.
    ``hash`` covers every other column and the hash of the link before it.
    """

    stream = models.CharField(max_length=80)
    sequence = models.PositiveIntegerField()
    event_type = models.CharField(max_length=80)
    payload = models.JSONField()
    actor_kind = models.CharField(max_length=20)
    actor_id = models.BigIntegerField(null=True)
    occurred_at = models.DateTimeField(db_index=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("hecho registrado")
        verbose_name_plural = _("hechos registrados")
        ordering = ["stream", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "sequence"], name="eventrecord_one_link_per_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stream}#{self.sequence} {self.event_type}"


class ChainAnchor(models.Model):
    """The signed summary of every stream's head on a date; later tampering contradicts it."""

    fecha = models.DateField(unique=True)
    streams = models.PositiveIntegerField()
    records = models.PositiveBigIntegerField()
    last_record = models.PositiveBigIntegerField(help_text="the next anchor begins after it")
    heads_hash = models.CharField(max_length=64)
    heads = models.BinaryField(help_text="compressed JSON lines of the heads that moved")
    previous_hash = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=128)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ancla")
        verbose_name_plural = _("anclas")
        ordering = ["fecha"]
