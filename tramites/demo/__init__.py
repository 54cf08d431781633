"""San Jacinto del Valle, an invented municipality: data under ``datos/`` and its cases."""
