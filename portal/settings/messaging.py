"""Channels, cache and the vendors of notices."""

from .env import env

REDIS_URL = env.str("REDIS_URL", default="")

if REDIS_URL:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL], "prefix": "ventanilla"},
        }
    }
    CACHES = {
        "default": {
            "BACKEND": "portal.core.engines.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "ventanilla",
        }
    }
else:
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    # Room for the limits of many addresses: what is pushed out is counted from zero again.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }

#: How notices leave: "embebido" keeps them in the database, "real" speaks to the vendors below.
AVISOS_MODO = env.str("AVISOS_MODO", default="embebido")
AVISOS_LISTA_SEGURA = env.list("AVISOS_LISTA_SEGURA", default=[])
AVISOS_PROVEEDOR_CORREO = env.str("AVISOS_PROVEEDOR_CORREO", default="sendgrid")
#: Seconds a vendor may take to answer; their SDKs wait for ever unless told otherwise.
AVISOS_TIEMPO_LIMITE = env.int("AVISOS_TIEMPO_LIMITE", default=10)
#: Local hours in which these channels keep silent, "21:00-09:00"; empty for none.
AVISOS_HORARIO_SILENCIO = env.str("AVISOS_HORARIO_SILENCIO", default="21:00-09:00")
AVISOS_SILENCIO_CANALES = env.list("AVISOS_SILENCIO_CANALES", default=["sms", "whatsapp"])

TWILIO_ACCOUNT_SID = env.str("TWILIO_ACCOUNT_SID", default="")
TWILIO_AUTH_TOKEN = env.str("TWILIO_AUTH_TOKEN", default="")
#: The token that is about to replace the other, or has just been replaced: both sign callbacks.
TWILIO_AUTH_TOKEN_SECONDARY = env.str("TWILIO_AUTH_TOKEN_SECONDARY", default="")
TWILIO_MESSAGING_SERVICE_SID = env.str("TWILIO_MESSAGING_SERVICE_SID", default="")
TWILIO_FROM = env.str("TWILIO_FROM", default="")
TWILIO_WHATSAPP_FROM = env.str("TWILIO_WHATSAPP_FROM", default="")
TWILIO_BASE_URL = env.str("TWILIO_BASE_URL", default="")

SENDGRID_API_KEY = env.str("SENDGRID_API_KEY", default="")
SENDGRID_BASE_URL = env.str("SENDGRID_BASE_URL", default="https://api.sendgrid.com")
SENDGRID_WEBHOOK_PUBLIC_KEY = env.str("SENDGRID_WEBHOOK_PUBLIC_KEY", default="")

AVISOS_REMITENTE = env.str("AVISOS_REMITENTE", default="avisos@sanjacinto.example")
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = AVISOS_REMITENTE

#: Vendors' loggers print credentials or bodies when they are verbose; those of the signatures
#: print the names of signers, and what they found is told in the errors.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"requests": {"()": "portal.core.logs.RequestFilter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "django.request": {"filters": ["requests"]},
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
        "python_http_client": {"level": "INFO"},
        "twilio": {"level": "WARNING"},
        "ventanilla": {"level": env.str("LOG_LEVEL", default="INFO")},
    },
}
