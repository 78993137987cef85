"""Which activity was named after a command word, or understood in a wish."""

from dataclasses import replace

from bot.routing import Context, Said
from bot.understanding.occasions import Occasion, heard
from bot.understanding.times import Looking


def wanted(ctx: Context, said: Said, looking: Looking | None = None) -> Occasion:
    """Whatever is no time is a name here: nobody gives a reason for looking something up."""
    meant, left = heard(said.slots, said.after, ctx.now, looking)
    return meant if meant.words or said.slots else replace(meant, words=left)
