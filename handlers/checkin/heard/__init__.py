"""How members check in, catch up, ask for leave, and look at the records."""

from handlers.checkin.heard import presence, records

INTENTS = (*presence.INTENTS, *records.INTENTS)
