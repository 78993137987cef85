"""The message of the morning: one for each person for whom something is overdue or due."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.messages import Button, Matter, Reply, Say, button
from bot.parts import parts
from bot.permissions import GRANTS, Action
from handlers.duties.actions import mornings as duties
from handlers.tasks.actions import morning as tasks
from scheduler import alarms, text
from scheduler.runs import Part, Strike
from storage import members, outbox, workdays
from storage.database import Session
from storage.members import Post
from storage.outbox import Post as Letter
from storage.outbox import Rank

Matters = Callable[[Session, datetime], Mapping[str, Sequence[Matter]]]


def calmly(source: Matters) -> Matters:
    """`source`, but worth a message of its own (`Matter.news`) only on the first morning after its
    day, and then once a week."""

    def matters(db: Session, now: datetime) -> Mapping[str, Sequence[Matter]]:
        today, calendar = now.date(), workdays.calendar(db)
        again, before = calendar.begins_a_week(today), calendar.before(today)
        return {
            member_id: [each._replace(news=again or each.due >= before) for each in found]
            for member_id, found in source(db, now).items()
        }

    return matters


SOURCES: tuple[Matters, ...] = (duties.matters, tasks.matters, calmly(alarms.matters))
"""Who has something to say in the morning: each gives member id to lines. A capability that has too
adds its function here."""
LATE = timedelta(hours=12)
"""How long after 8:40 it may still be written and sent; later, the next morning says it
(PROMISES.md P4)."""
AT_ONCE = 100
"""Letters in one unit of work."""
BUTTONS = 3
"""Buttons under one message."""


def letters(db: Session, at: Strike) -> Iterator[Part]:
    """A letter for everybody who has at least one line that is `news`, in parts of `AT_ONCE`."""
    found = gathered(db, at.now)
    wanted = sorted(id for id, each in found.items() if any(matter.news for matter in each))
    for ids in parts(wanted, AT_ONCE):
        yield partial(write, at=at, found={id: found[id] for id in ids})


def gathered(db: Session, now: datetime) -> Mapping[str, list[Matter]]:
    found: dict[str, list[Matter]] = defaultdict(list)
    for source in SOURCES:
        for member_id, matters in source(db, now).items():
            found[member_id] += matters
    return found


def write(db: Session, at: Strike, found: Mapping[str, Sequence[Matter]]) -> None:
    names = members.names(db, list(found))
    posts = members.posts_of(db, list(found), at.now.date())
    outbox.post(
        db,
        [
            letter(id, names.get(id, ""), posts.get(id, ()), matters, at)
            for id, matters in found.items()
        ],
        at.now,
    )


def letter(
    member_id: str, name: str, posts: Sequence[Post], matters: Sequence[Matter], at: Strike
) -> Letter:
    day, alone = f"{at.at:%Y-%m-%d}", len(matters) == 1
    may = GRANTS[Action.SEE_DUTIES]
    desk = next((post.org_id for post in posts if post.role in may), "")
    return Letter(
        key=f"morning:{day}:{member_id}",
        to=member_id,
        kind="morning",
        say=said(name, [post.role for post in posts], matters),
        cause=(matters[0].about if alone else "") or f"morning:{day}",
        due=at.promised,
        until=at.promised + LATE,
        rank=Rank.NORMAL if posts else Rank.BULK,
        org_id=desk,
        reader_may=Action.SEE_DUTIES if desk else "",
    )


def said(name: str, roles: Sequence[str], matters: Sequence[Matter]) -> Reply:
    first = sorted(matters, key=lambda it: (not it.news, it.due))[: text.AT_MOST]
    shown, more = sorted(first, key=lambda it: it.due), len(matters) - len(first)
    if len(matters) == 1:
        words = text.one(name, roles, shown[0].text)
    else:
        words = text.morning(name, roles, [each.text for each in shown], more)
    return Reply(text=words, buttons=buttons(shown, more))


def buttons(shown: Sequence[Matter], more: int) -> list[Button]:
    """What one tap can do about the lines, as far as there is room; the last shows all."""
    everything = [button(text.LIST, Say(words=text.LIST_WORDS))] if more else []
    found = {
        each.button.tap: each.button.model_copy(
            update={"label": text.label(each.button.label, number if len(shown) > 1 else 0)}
        )
        for number, each in enumerate(shown, start=1)
        if each.button and each.button.tap not in {it.tap for it in everything}
    }
    return [*list(found.values())[: BUTTONS - len(everything)], *everything]
