"""Which task somebody means who says that it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.messages import Matter, Say
from handlers.tasks.actions import listing
from handlers.tasks.actions.taps import Finish
from handlers.tasks.rules import naming
from storage.database import Session
from storage.members import Speaker

A_YEAR = timedelta(366)


@dataclass(frozen=True)
class Said:
    words: str
    name: str
    """The part of the words that seems to name it."""
    index: int | None


@dataclass(frozen=True)
class This:
    """One of our tasks, named beyond doubt."""

    task_id: int


@dataclass(frozen=True)
class One:
    """Probably this; what it is called is shown before anything is done."""

    matter: Matter


@dataclass(frozen=True)
class Several:
    matters: Sequence[Matter]


@dataclass(frozen=True)
class None_:
    """Nothing that is owed can be meant."""


Meant = This | One | Several | None_


def meant(
    db: Session,
    actor: Speaker,
    now: datetime,
    owed: Sequence[Matter],
    said: Said,
) -> Meant:
    """By its number («T18»), by its place in the list just shown, or by what it is called."""
    name, index = said.name, said.index
    beyond_doubt = naming.number_with_letter(said.words)
    for each in naming.spellings(beyond_doubt or naming.number_in(name)):
        found = listing.item(db, actor, now, each)
        if isinstance(found, listing.Detail) and found.is_doer:
            return This(found.row.id)
    if beyond_doubt:
        return None_()  # another one is never taken for it
    open_ = [each for each in owed if each.button and not is_errand(each)]
    if index is not None:
        return One(open_[index - 1]) if 0 < index <= len(open_) else several(open_)
    titles = [each.text.partition("，")[0] for each in open_]
    places = naming.meant(name, titles)
    if len(places) == 1:
        return named(open_[places[0]])
    return several([open_[at] for at in places] or open_)


def named(found: Matter) -> Meant:
    """A task of ours can be done at once; what another capability owes is offered."""
    assert found.button
    tap = found.button.tap
    if tap.startswith(f"{Finish.prefix}:"):
        return This(Finish.unpack(tap).task_id)
    return One(found)


def several(found: Sequence[Matter]) -> Meant:
    match list(found):
        case []:
            return None_()
        case [only]:
            return One(only)
        case more:
            return Several(more)


def is_errand(found: Matter) -> bool:
    """A way to somewhere else, nothing that could be done."""
    return bool(found.button and found.button.tap.startswith(f"{Say.prefix}:"))
