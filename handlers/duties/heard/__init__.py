"""How members and secretaries ask about duties."""

from handlers.duties.heard import dates, hours, overdue, rulebook

INTENTS = (*overdue.INTENTS, *rulebook.INTENTS, *hours.INTENTS, *dates.INTENTS)
