"""The queue of background work; our own rows hold the truth, a task is only a nudge to look."""

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "avisos"],
    }
}
