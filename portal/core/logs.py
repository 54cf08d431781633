"""What may stand in the log of requests: no path, because links carry keys and folios."""

import logging


class RequestFilter(logging.Filter):
    """Lets our own failures through, under the view's name; a refusal is not one."""

    def filter(self, record: logging.LogRecord) -> bool:
        status = getattr(record, "status_code", 500)
        if status < 500 or status == 503:
            return False
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        name = getattr(match, "view_name", "") or "-"
        record.msg, record.args = "request_failed view=%s", (name,)
        return True
