"""Staff accounts are made by administrators, never by signing up."""

import base64
import hashlib

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from portal.core.actors import SYSTEM
from portal.core.events import publish
from portal.core.time import now

from .events import AccountMailRequested


class StaffAccountAdapter(DefaultAccountAdapter):
    """Closes sign-up, hands mail to the outbox and ends temporary passwords."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("El usuario o la contraseña no son correctos."),
        "email_password_mismatch": _("El correo o la contraseña no son correctos."),
        "too_many_login_attempts": _("Demasiados intentos. Espere unos minutos y reintente."),
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def set_password(self, user, password: str) -> None:
        """A password the person chose is not temporary any more."""
        user.clave_temporal = False
        super().set_password(user, password)

    @transaction.atomic
    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Render the message here and let the outbox deliver it, as every other notice."""
        message = self.render_mail(template_prefix, email, context)
        event = AccountMailRequested(
            clave=get_random_string(24),
            correo=email,
            asunto=message.subject,
            texto=message.body,
        )
        publish(event, actor=SYSTEM, now=now())


class StaffMfaAdapter(DefaultMFAAdapter):
    """Keeps the secrets of second factors encrypted in the database."""

    def _fernet(self) -> Fernet:
        seed = hashlib.sha256(b"ventanilla mfa" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(seed))

    def encrypt(self, text: str) -> str:
        return self._fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._fernet().decrypt(encrypted_text.encode()).decode()
