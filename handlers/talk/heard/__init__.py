"""Small talk, help, complaints, and what must be declined."""

from handlers.talk.heard import helping, refusals, smalltalk

INTENTS = (*helping.INTENTS, *smalltalk.INTENTS, *refusals.INTENTS)
