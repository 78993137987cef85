"""Making contests, hearing appeals, and publishing, which only a person does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import case, func
from sqlmodel import col, select

from bot.messages import Reply
from bot.permissions import Action, authorize
from bot.questions import Kind
from handlers.contests.rules import appealing
from handlers.contests.rules import papers as rules
from handlers.contests.rules.papers import Item, TooFew
from handlers.contests.rules.reading import ContestPlan, RoundPlan
from handlers.contests.text import running as text
from storage import audit, contests, organisation, outbox, questions
from storage.contests import Appeal, Contest, Heat, Round, Sitting
from storage.database import Session
from storage.members import Speaker
from storage.outbox import Post
from storage.questions import Entry

TIMED = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.TRUE_FALSE})
"""What can be judged by the second."""
PATIENCE = timedelta(days=14)
FAST, GOOD = 2_000, 0.9
"""Milliseconds for a question on the average, with so many right: worth asking about."""


@dataclass(frozen=True)
class Impossible:
    """Why, in words."""

    reason: str


@dataclass(frozen=True)
class Made:
    name: str
    rounds: int


def make(db: Session, plan: ContestPlan, by: str, now: datetime) -> Made | Impossible:
    found = drawn(db, plan, now)
    if isinstance(found, Impossible):
        return found
    row = Contest(org_id=found.org_id, season=plan.season, name=plan.name, made_by=by, made_at=now)
    db.add(row)
    db.flush()
    for number, (each, ids) in enumerate(zip(plan.rounds, found.papers, strict=True), start=1):
        db.add(round_of(row.id, number, each, found.bank, ids))
    contests.changed(db)
    audit.note(db, by or "operator", "make", f"contest:{row.id}", now)
    return Made(plan.name, len(plan.rounds))


@dataclass(frozen=True)
class Drawn:
    org_id: str
    bank: Mapping[str, Entry]
    papers: Sequence[list[list[str]]]
    """Of each round; each of them lists questions."""


def drawn(db: Session, plan: ContestPlan, now: datetime) -> Drawn | Impossible:
    """The papers as they would be. The same plan draws the same."""
    tree = organisation.tree(db, now.date())
    org_id = plan.org_id or next((i for i, n in tree.nodes.items() if n.parent_id is None), "")
    if org_id not in tree.nodes:
        return Impossible(text.NO_ORGANISATION.format(org_id=plan.org_id))
    if any(heat.contest.name == plan.name for heat in contests.heats(db).values()):
        return Impossible(text.EXISTS)
    bank = {
        id: each
        for id, each in questions.bank(db).items()
        if each.org_id in tree.line(org_id) and each.question.kind in TIMED
    }
    papers: list[list[list[str]]] = []
    for each in plan.rounds:
        of_round = papers_of(each, bank, f"{plan.name}:{each.name}")
        if isinstance(of_round, Impossible):
            return of_round
        papers.append(of_round)
    return Drawn(org_id, bank, papers)


def papers_of(
    plan: RoundPlan, bank: Mapping[str, Entry], seed: str
) -> list[list[str]] | Impossible:
    open_ones = {id: each for id, each in bank.items() if each.open_on(plan.closes.date())}
    if missing := [id for id in plan.fixed if id not in open_ones]:
        return Impossible(text.no_such_questions(missing))
    if plan.fixed:
        return [list(plan.fixed)]
    items = [
        Item(id, each.question.topic, each.question.difficulty) for id, each in open_ones.items()
    ]
    found = rules.drawn(items, plan.cells, plan.numbers["papers"], seed)
    if isinstance(found, TooFew):
        cell = found.cell
        return Impossible(text.too_few(cell.topic, cell.difficulty, cell.count, found.there))
    return found


def round_of(
    contest_id: int, number: int, plan: RoundPlan, bank: Mapping[str, Entry], ids: list[list[str]]
) -> Round:
    return Round(
        contest_id=contest_id,
        number=number,
        name=plan.name,
        kind=plan.kind,
        opens=plan.opens,
        closes=plan.closes,
        seconds_each=plan.numbers["seconds_each"],
        seconds=plan.numbers["seconds"],
        grace=plan.numbers["grace"],
        attempts=plan.numbers["attempts"],
        best_of=plan.numbers["best_of"],
        papers=[[[id, bank[id].version] for id in paper] for paper in ids],
    )


def of(db: Session, actor: Speaker, now: datetime) -> list[Heat]:
    """The rounds that `actor` runs, the latest first."""
    tree = organisation.tree(db, now.date())
    found = [
        heat
        for heat in contests.heats(db).values()
        if authorize(actor, Action.RUN_CONTEST, tree.line(heat.contest.org_id))
    ]
    return sorted(found, key=lambda heat: heat.round.opens, reverse=True)


@dataclass(frozen=True)
class State:
    heat: Heat
    players: int
    finished: int
    appeals: int
    signs: int
    """Attempts so quick and so right that one may ask whether the questions were known. A
    question, never a penalty."""


def state(db: Session, heat: Heat) -> State:
    quick = (
        col(Sitting.finished_at).is_not(None)
        & (col(Sitting.spent_ms) < FAST * col(Sitting.place))
        & (col(Sitting.score) >= GOOD * col(Sitting.place))
    )
    counts = select(
        func.count(func.distinct(col(Sitting.member_id))),
        func.count(col(Sitting.finished_at)),
        func.count(case((quick, 1))),
    ).where(Sitting.round_id == heat.round.id)
    players, finished, signs = db.exec(counts).one()
    return State(heat, players, finished, len(appeals(db, [heat])), signs)


def appeals(db: Session, heats: Sequence[Heat]) -> Sequence[Appeal]:
    ids = [heat.round.id for heat in heats]
    query = select(Appeal).where(col(Appeal.round_id).in_(ids), col(Appeal.answered_at).is_(None))
    return db.exec(query.order_by(col(Appeal.id))).all()


def appeal(db: Session, member: Speaker, heat: Heat, words: str, now: datetime) -> int:
    """Noted, and told to whoever made the contest."""
    row = Appeal(round_id=heat.round.id, member_id=member.id, words=words, made_at=now)
    db.add(row)
    db.flush()
    if heat.contest.made_by:
        about = disputed(db, heat, row)
        say = Reply(text=text.appeal_letter(row.id, heat.round.name, words, about))
        tell(db, f"appeal:{row.id}", heat.contest.made_by, say, now)
    return row.id


def disputed(db: Session, heat: Heat, row: Appeal) -> str:
    """The question that is meant, as whoever looks into it has to name it: papers differ, and its
    place in one of them tells nobody else anything. Empty: none is named."""
    place = appealing.place(row.words)
    attempts = contests.attempts(db, heat.round.id, row.member_id)
    paper = heat.round.papers[attempts[-1].paper] if attempts else []
    if place is None or place >= len(paper):
        return ""
    id, version = paper[place]
    return text.disputed(id, questions.text_of(db, id, version).stem)


def answer_appeal(db: Session, actor: Speaker, id: int, words: str, now: datetime) -> bool:
    row = next((each for each in appeals(db, of(db, actor, now)) if each.id == id), None)
    if row is None:
        return False
    row.answer, row.answered_at = words, now
    db.flush()
    tell(
        db,
        f"appeal:{id}:answer",
        row.member_id,
        Reply(text=text.answer_letter(row.words, words)),
        now,
    )
    audit.note(db, actor.id, "answer", f"appeal:{id}", now)
    return True


def tell(db: Session, key: str, to: str, say: Reply, now: datetime) -> None:
    outbox.post(
        db,
        [
            Post(
                key=key, to=to, kind="contest", say=say, cause=key, due=now, until=now + PATIENCE,
                rank=outbox.Rank.OWN,
            )
        ],
        now,
    )  # fmt: skip


@dataclass(frozen=True)
class Published:
    heat: Heat


@dataclass(frozen=True)
class NotYet:
    """It still runs."""


@dataclass(frozen=True)
class OpenAppeals:
    count: int


@dataclass(frozen=True)
class Already:
    pass


def publish(
    db: Session, actor: Speaker, heat: Heat, now: datetime
) -> Published | NotYet | OpenAppeals | Already:
    """By a person, after the end, and with every appeal answered."""
    if heat.round.published_at:
        return Already()
    if now <= heat.round.closes:
        return NotYet()
    if waiting := len(appeals(db, [heat])):
        return OpenAppeals(waiting)
    contests.alter(db, heat.round.id, published_at=now, published_by=actor.id)
    audit.note(db, actor.id, "publish", f"contest_round:{heat.round.id}", now)
    return Published(heat)


def annul(db: Session, actor: Speaker, heat: Heat, question_id: str, now: datetime) -> bool:
    """A question was wrong: whoever has answered it has it right; False: it was not asked."""
    if not any(question_id == id for paper in heat.round.papers for id, _ in paper):
        return False
    annulled = sorted({*heat.round.annulled, question_id})
    contests.alter(db, heat.round.id, annulled=annulled)
    contests.recount(db, heat.round.id, rules.annulled_places(heat.round.papers, annulled))
    audit.note(db, actor.id, "annul", f"contest_round:{heat.round.id}", now, question_id)
    return True
