"""Files that came with a form that was refused: kept, so that nobody has to choose them again."""

import json
from dataclasses import asdict

from django.core import signing
from django.utils.translation import gettext as _

from portal.core.errors import InvalidInputError, UnavailableError
from tramites.uploads import MAX_FILES, StoredFile, discard_upload, receive_upload

SALT = "bandeja.adjuntos"
KEPT_FOR = 24 * 3600


class KeptFiles:
    """
    Mixed into a form with the fields ``adjuntos`` and ``recibidos`` (hidden).

    Files already received travel on in ``recibidos``, signed for one person and one form.
    """

    #: What a refused form answers with: the fault may be of the house, not of who filled it in.
    fault_status = InvalidInputError.status

    def files_belong_to(self) -> str:
        """What a signature holds for: one person filling in one form."""
        raise NotImplementedError

    def kept(self) -> list[StoredFile]:
        """Files received with an earlier attempt, less those the person took off."""
        raw = self.data.get(self.add_prefix("recibidos"), "")
        try:
            rows = (
                json.loads(signing.loads(raw, salt=self._salt(), max_age=KEPT_FOR)) if raw else []
            )
        except (signing.BadSignature, ValueError):
            return []
        dropped = set(self.data.getlist("quitar_archivo"))
        return [StoredFile(**row) for row in rows if row["clave"] not in dropped]

    def receive_files(self) -> list[StoredFile]:
        """
        Every file of this form, checked and stored; what cannot be taken becomes a field error.

        All that was received is carried on by the form, whatever happens next.
        """
        stored = self.kept()
        for upload in self.files.getlist(self.add_prefix("adjuntos")):
            if len(stored) >= MAX_FILES:
                self.add_error(
                    "adjuntos", _("Puede agregar hasta %(n)d archivos.") % {"n": MAX_FILES}
                )
                break
            try:
                stored.append(receive_upload(upload))
            except InvalidInputError as error:
                for message in error.fields.get("archivo", [error.message]):
                    self.add_error("adjuntos", message)
            except UnavailableError as error:
                self.add_error("adjuntos", error.message)
                self.fault_status = error.status
                break
        self._carry(stored)
        return stored

    def drop_files(self) -> None:
        """Forget the files for good: nobody will send this form again."""
        for stored in self.kept():
            discard_upload(stored)
        self._carry([])

    def files_shown(self) -> list[dict]:
        """The files received, as ``components/upload.html`` takes them."""
        return [
            {
                "name": stored.nombre,
                "size": stored.tamano,
                "remove_name": "quitar_archivo",
                "remove_value": stored.clave,
            }
            for stored in self.kept()
        ]

    def _carry(self, stored: list[StoredFile]) -> None:
        rows = json.dumps([asdict(one) for one in stored])
        self.data = self.data.copy()
        self.data[self.add_prefix("recibidos")] = (
            signing.dumps(rows, salt=self._salt()) if stored else ""
        )
        self.data.setlist("quitar_archivo", [])

    def _salt(self) -> str:
        return f"{SALT}.{self.files_belong_to()}"
