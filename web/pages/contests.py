"""Contests that one runs: how far each round is, and the stage of a final."""

from dataclasses import dataclass

from bot.messages import Refusal
from handlers.contests.actions import running, staging
from handlers.contests.actions.running import Already, NotYet, OpenAppeals, Published, State
from handlers.contests.actions.standing import full_name
from handlers.contests.text import running as said
from web import channels
from web.pages.lists import part
from web.text import contests as text
from web.visit import Done, Missing, Shown, Visit

EACH = 20


@dataclass(frozen=True)
class Entry:
    state: State
    name: str
    asked: int
    total: int
    open: bool
    revealed: bool

    @property
    def next(self) -> int:
        """The question after the one on the wall."""
        return min(self.asked + 1, self.total)


def show(visit: Visit) -> Shown:
    heats = part(running.of(visit.db, visit.who, visit.now), visit.page, EACH)
    entries = [entry(running.state(visit.db, heat)) for heat in heats.items]
    return Shown("contests.html", {"entries": entries, "part": heats})


def entry(state: State) -> Entry:
    round = state.heat.round
    return Entry(
        state,
        full_name(state.heat),
        round.asked,
        len(round.papers[0]),
        bool(round.buzzing),
        bool(round.asked) and round.revealed == round.asked,
    )


def final(visit: Visit) -> Shown:
    """The page for the hall."""
    if staging.runs(visit.db, visit.who, visit.now, visit.id) is None:
        raise Missing
    wall = channels.wall(visit.db, visit.now, visit.id)
    if wall is None:
        raise Missing
    return Shown("final.html", {"wall": wall, "id": visit.id})


def step(visit: Visit) -> Done:
    heat = staging.runs(visit.db, visit.who, visit.now, visit.id)
    if heat is None:
        raise Missing
    match visit.place["step"]:
        case "ask":
            number = visit.form.get("number", "")
            wanted = int(number[:6]) if number.isascii() and number.isdecimal() else 0
            if not staging.ask(visit.db, visit.who, heat, wanted, visit.now):
                raise Refusal(text.no_such_number(len(heat.round.papers[0])))
            return Done(text.asked(wanted))
        case "stop":
            staging.stop(visit.db, heat)
            return Done(text.STOPPED)
        case "reveal":
            shown = staging.reveal(visit.db, visit.who, heat, visit.now)
            if not shown:
                raise Refusal(text.NOTHING_ASKED)
            return Done(text.revealed(shown))
        case "publish":
            return published(running.publish(visit.db, visit.who, heat, visit.now))
        case _:
            raise Missing


def published(outcome: Published | NotYet | OpenAppeals | Already) -> Done:
    match outcome:
        case Published(heat):
            return Done(said.published(full_name(heat)))
        case NotYet():
            raise Refusal(said.STILL_OPEN)
        case OpenAppeals(count):
            raise Refusal(said.open_appeals(count))
        case Already():
            raise Refusal(said.ALREADY_PUBLISHED)
