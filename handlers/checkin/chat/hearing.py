"""What was said of an activity, whether it was understood before or follows a command word."""

from datetime import datetime

from bot.routing import Said
from bot.understanding.occasions import Occasion, from_slots, from_words
from bot.understanding.times import Looking


def heard(said: Said, now: datetime, looking: Looking) -> tuple[Occasion, str]:
    """The activity that is meant, and the reason that was given."""
    if said.slots:
        return from_slots(said.slots, now.date()), str(said.slots.get("reason", ""))
    if said.rest == said.text:  # a wish in words, of which nothing but the wish was understood
        return Occasion(), ""
    return from_words(said.rest, now, looking)
