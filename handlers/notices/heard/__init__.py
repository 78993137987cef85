"""How notices are asked for, and to be spared them."""

from handlers.notices.heard import courtesy, notices

INTENTS = (*notices.INTENTS, *courtesy.INTENTS)
