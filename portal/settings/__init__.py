"""Settings, one module per subject; what differs in production comes from the environment."""

from .api import *  # noqa: F403
from .base import *  # noqa: F403
from .database import *  # noqa: F403
from .i18n import *  # noqa: F403
from .messaging import *  # noqa: F403
from .municipio import *  # noqa: F403
from .security import *  # noqa: F403
from .signing import *  # noqa: F403
from .storage import *  # noqa: F403
from .tasks import *  # noqa: F403
