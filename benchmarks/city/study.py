"""The daily quiz: a bank, who has joined, what they remember, and every answer."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from benchmarks.city.people import PEOPLE
from benchmarks.city.writing import Writing, stored
from handlers.bank.actions import importing
from storage import revisions
from storage.database import Database, table
from storage.questions import BANK, QuestionRow, QuestionText
from storage.study import Asking, Learner, Memory

QUESTIONS, JOINED, REMEMBERED = 1_200, 4_000, 125
"""The bank; of the members every third; of the questions to each."""


def ask(writing: Writing, now: datetime, database: Database) -> None:
    with database.unit_of_work() as db:
        importing.load_demo(db, now)
        every = [row.body for row in db.run(select(table(QuestionText)))]
        bodies = [each for each in every if len(json.loads(each).get("options", ())) == 4]
    numbers = range(len(every) + 1, QUESTIONS + 1)
    then = stored(now - timedelta(200))
    columns = ("id", "org_id", "changed_at")
    writing.put(QuestionRow, columns, ((f"N{n:04}", "WC", then) for n in numbers))
    rows = ((f"N{n:04}", 1, bodies[n % len(bodies)], then) for n in numbers)
    writing.put(QuestionText, ("question_id", "version", "body", "made_at"), rows)
    with database.unit_of_work() as db:
        revisions.changed(db, BANK)
    joined = ((f"M{m}", 1 + m % 3, 480, then) for m in learners())
    writing.put(Learner, ("member_id", "a_day", "minute", "since"), joined)
    columns = ("member_id", "question_id", "stability", "difficulty", "due", "reviewed")
    writing.put(Memory, columns, memories(now))


def learners() -> range:
    return range(0, PEOPLE, PEOPLE // JOINED)


def memories(now: datetime) -> Iterator[tuple[object, ...]]:
    for m in learners():
        for n in range(REMEMBERED):
            due = stored(now + timedelta((m + n) % 60 - 20))
            before = stored(now - timedelta((m + n) % 80))
            number = (m * 31 + n * 7) % (QUESTIONS - 200) + 201
            yield f"M{m}", f"N{number:04}", 5.0 + n % 30, 3.0 + n % 6, due, before


def answer(writing: Writing, now: datetime, count: int) -> None:
    columns = ("member_id", "day", "why", "question_id", "version", "order", "asked_at",
               "answer", "answered_at", "studied_on", "right")  # fmt: skip
    writing.put(Asking, columns, askings(now, count))


def askings(now: datetime, count: int) -> Iterator[tuple[object, ...]]:
    who = learners()
    days = count // len(who) + 1
    for place in range(max(0, count)):
        turn, m = place // len(who), who[place % len(who)]
        day = now.date() - timedelta(364 - turn * 364 // days)
        moment = f"{day} 00:{30 + m % 30}:00.000000"
        right = (m + turn) % 4 != 0
        number = (m * 31 + turn * 7) % (QUESTIONS - 200) + 201
        yield (
            f"M{m}", str(day), "daily", f"N{number:04}", 1, "2031", moment, "A", moment, str(day),
            right,
        )  # fmt: skip
