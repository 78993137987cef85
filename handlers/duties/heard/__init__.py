"""How members and secretaries ask about duties."""

from handlers.duties.heard import overdue, rulebook

INTENTS = (*overdue.INTENTS, *rulebook.INTENTS)
