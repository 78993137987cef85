"""How members ask what is on, and sign up for it."""

from handlers.activities.heard import listing, signing_up

INTENTS = (*listing.INTENTS, *signing_up.INTENTS)
