"""Every fact has somebody who listens, or is known to be only for the record."""

import pytest

from portal.core.events import all_event_classes, subscribers_of

#: Facts that nobody reacts to: the timeline and the audit read them from the record.
AUDIT_ONLY = {
    "CalendarChanged",
    "RulePublished",
    "RoleRequirementChanged",
    "PersonChanged",
    "PersonCreated",
    "PersonRetired",
    "PersonRestored",
    "TemporaryPasswordSet",
    "SecondFactorRemoved",
    "PostGiven",
    "PostEnded",
    "SubstitutionBegun",
    "SubstitutionEnded",
    "ApiTokenIssued",
    "ApiTokenRevoked",
    "OfficeCreated",
    "OfficeChanged",
    "ServiceChanged",
    "ThemeChanged",
    "QuestionChanged",
    "QuestionRemoved",
    "RoutingChanged",
    "NoteAdded",
    "AttachmentAdded",
    "PeticionImported",
    "PersonDataSeen",
    "PinReset",
    "CasesImported",
    "NoticeDiscarded",
    "NoticeResent",
    "TemplatePublished",
    "DocumentKindChanged",
    "AppointmentRegistered",
    "OathRecorded",
    "AppointmentEnded",
    "AppointmentEndUndone",
    "BodyChanged",
    "SeatChanged",
    "MemberSeated",
    "OathTaken",
    "SeatLeft",
    "AbsenceGranted",
    "AbsenceEnded",
    "MemberChanged",
    "MatterChanged",
    "SessionSaved",
    "RollCalled",
    "SessionNotHeld",
    "MemberEntered",
    "MemberLeft",
    "ChairTaken",
    "RecessBegun",
    "RecessEnded",
    "VoteOpened",
    "FloorAsked",
    "FloorWithdrawn",
    "FloorGiven",
    "FloorEnded",
    "SessionActRefused",
    "ItemActRefused",
    "ActaActRefused",
    "MemberExcused",
    "VoteCast",
    "VoteClosed",
    "TieBroken",
    "SessionClosed",
    "ItemDecided",
    "ItemPostponed",
    "SessionConvened",
    "SessionCancelled",
    "PointAdded",
    "PointRemoved",
    "PointMoved",
    "ItemScheduled",
    "ItemUnscheduled",
    "ItemDrafted",
    "ItemSaved",
    "ItemSubmitted",
    "ItemSentBack",
    "ItemValidated",
    "ItemReferred",
    "ItemReported",
    "ItemWithdrawn",
    "AnnexAdded",
    "AnnexRemoved",
    "ActaBound",
    "ActaCorrected",
    "ActaDrafted",
    "ActaObserved",
    "ActaPublicVersion",
    "ActaSectionSaved",
    "ActaSignature",
    "BookClosed",
    "BookOpened",
    "AcuerdoRevoked",
    "AcuerdoSealed",
    "AcuerdoSetAside",
    "GacetaOpened",
    "GacetaEntryRemoved",
    "GacetaPublished",
    "BatchPrepared",
    "CopyRequested",
    "CopyPaid",
    "CopySentToSign",
    "CopyCertified",
    "CopyReturned",
    "CopyRejected",
    "CopyDelivered",
    "BatchBegun",
    "BatchPaused",
    "BatchRetried",
    "BatchCancelled",
    "BatchDataErased",
}
OURS = ("portal.", "tramites.", "notificaciones.", "tablero.")


def event_classes() -> list[type]:
    """The events of the house that are published, that is, those nothing derives from."""
    return sorted(
        (
            cls
            for cls in all_event_classes()
            if cls.__module__.startswith(OURS) and not cls.__subclasses__()
        ),
        key=lambda cls: cls.__name__,
    )


@pytest.mark.parametrize("event", event_classes(), ids=lambda cls: cls.__name__)
def test_every_event_is_heard_or_only_recorded(event):
    assert subscribers_of(event) or event.__name__ in AUDIT_ONLY
    assert event.recorded or subscribers_of(event), "unrecorded and unheard: it does nothing"


def test_event_names_are_unique():
    names = [cls.__name__ for cls in event_classes()]
    assert len(names) == len(set(names))


PERSONAL = {"nombre", "telefono", "correo", "domicilio", "descripcion", "texto", "contacto", "pin"}


@pytest.mark.parametrize("event", event_classes(), ids=lambda cls: cls.__name__)
def test_what_is_recorded_outlives_an_erasure_request(event):
    assert not event.recorded or not PERSONAL & set(event.__dataclass_fields__)
