"""How members ask what is to be done, report it done, and have others reminded of it."""

from handlers.tasks.heard import supervision, tasks

INTENTS = (*tasks.INTENTS, *supervision.INTENTS)
