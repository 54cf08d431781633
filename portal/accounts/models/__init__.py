from .dependencia import Dependencia
from .user import Adscripcion, RequisitoRol, Suplencia, User

__all__ = ["Adscripcion", "Dependencia", "RequisitoRol", "Suplencia", "User"]
