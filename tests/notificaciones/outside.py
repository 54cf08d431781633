"""
Things done from another process to an install of its own: ``python -m …outside WHAT [ARGUMENT]``.

Prints one line of JSON. Used where a test kills real workers and needs a real file underneath.
"""

import json
import sys
from importlib import import_module

import django

if __name__ == "__main__":
    django.setup()
    actions = import_module("tests.notificaciones.outside_actions")
    print(json.dumps(getattr(actions, sys.argv[1])(sys.argv[2])))
