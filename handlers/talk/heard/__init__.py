"""Small talk, help, complaints, and what must be declined."""

from handlers.talk.heard import refusals, smalltalk

INTENTS = (*smalltalk.INTENTS, *refusals.INTENTS)
