"""What the buttons of duties mean: in an answer, and in the message of the morning."""

from bot.messages import Tap


class Done(Tap, prefix="duty"):
    """It is done; an officer says so, or the member whose own it is."""

    duty_id: int


class Press(Tap, prefix="press"):
    """Remind whoever is responsible, by hand."""

    duty_id: int


class PressUnit(Tap, prefix="press_unit"):
    """The same for everything that is overdue in a branch."""

    org_id: str


class More(Tap, prefix="duty_more"):
    """What comes after the first ones of the list."""

    days: int
    start: int


class Wished(Tap, prefix="anniversary"):
    """To be reminded of one's own anniversary, or not."""

    wanted: bool


class MoreAhead(Tap, prefix="ahead_more"):
    """The lines of the fortnight after the first ones."""

    start: int
