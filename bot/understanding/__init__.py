"""From free text to intent, slots and times. Pure: no database, no platform, no network.

understander = Understander(intents)
understood = understander.understand("明天下午的会我请假", now=now)
understood.intent, understood.slots, understood.sure
"""

from bot.understanding.intents import Guess, Intent, Slots, Understanding, Value, sentences
from bot.understanding.names import NOBODY, Names
from bot.understanding.understander import Understander

__all__ = [
    "NOBODY", "Guess", "Intent", "Names", "Slots", "Understander", "Understanding", "Value",
    "sentences",
]  # fmt: skip
