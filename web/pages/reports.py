"""Circulars: looked at, vouched for, taken along; and the tables that were asked for in chat."""

from dataclasses import replace
from datetime import date, timedelta

from bot.messages import Refusal
from bot.permissions import Action, may
from handlers.reports.actions import allowing, drafting, letters, printing, reading, wanting
from handlers.reports.actions.drafting import Moved, Named, Spoilt, Uncounted
from handlers.reports.actions.printing import Form
from handlers.reports.rules import figures, paper, spans
from handlers.reports.rules.figures import Record
from handlers.reports.rules.freezing import Document
from handlers.reports.rules.guard import Banned, Repeated
from handlers.reports.rules.stages import NEXT, NotNow, OwnWork, Stage, Step
from handlers.reports.rules.tables import Table
from handlers.reports.text import circulars, exporting
from storage import members
from storage.reports import Circular
from web.pages.lists import part
from web.text import reports as text
from web.visit import Done, File, Missing, Shown, Visit

EACH = 60
NAMED = 3
XLSX = printing.KINDS[Form.XLSX]


def show(visit: Visit) -> Shown:
    rows = [
        (row, paper.titled(spans.Days(row.first, row.last), row.topic), row.org_name)
        for row in reading.listed(visit.db, visit.who, visit.now)
    ]
    tree = visit.tree
    scopes = allowing.scopes(visit.db, visit.who, visit.now)
    values = {
        "rows": rows,
        "waiting": wanting.waiting(visit.db, visit.who, visit.now),
        "scopes": [(org, tree.name(org)) for org in scopes],
        "spans": spans_offered(visit.now.date()),
        "months": months_offered(visit.now.date()),
        "tables": exporting.NAMES,
        "of": [(org, tree.name(org)) for org in wanting.scopes(visit.db, visit.who, visit.now)],
        "figures": figures.TABLE,
    }
    return Shown("reports.html", values)


def spans_offered(today: date) -> list[tuple[str, str]]:
    """As `spans.days_of` reads them: the last quarters, this year's half, the years."""
    quarters = [today.year * 4 + (today.month - 1) // 3 - back for back in range(5)]
    said = [f"{at // 4}-Q{at % 4 + 1}" for at in quarters]
    said += [f"{today.year}-01-01/{today.year}-06-30", str(today.year), str(today.year - 1)]
    return [(each, days.name) for each in said if (days := spans.days_of(each))]


def months_offered(today: date) -> list[tuple[str, str]]:
    """This month and the last, then the spans that circulars have."""
    last = today.replace(day=1) - timedelta(days=1)
    said = [f"{today:%Y-%m}", f"{last:%Y-%m}"]
    months = [(each, days.name) for each in said if (days := spans.days_of(each))]
    return [*months, *spans_offered(today)]


def want(visit: Visit) -> Done:
    """A table, as by 「导出」 in chat, and fetched at once."""
    said, days = visit.form.get("what", ""), spans.days_of(visit.form.get("period", ""))
    if said not in set(Table) or days is None:
        raise Missing
    org, what = visit.form.get("org", ""), Table(said)
    ready = wanting.want_of(visit.db, visit.who, what, org, days, visit.now)
    return Done("", f"/console/files/{ready.id}")


def counted(visit: Visit) -> object:
    """Period, for whom, and which numbers; the guard looks at the topic first."""
    org, days = visit.form.get("org", ""), spans.days_of(visit.form.get("period", ""))
    if days is None or org not in allowing.scopes(visit.db, visit.who, visit.now):
        raise Missing
    wanted, topic = visit.many.get("figure", []), visit.form.get("topic", "")
    match drafting.counted(visit.db, visit.who, org, days, topic, visit.now, wanted):
        case Document() as document:
            return document
        case Uncounted(about):
            raise Refusal(text.uncounted(about))
        case Named():
            raise Refusal(text.NAMED)
        case (Banned() | Repeated()) as objection:
            raise Refusal(text.refused(circulars.refused(objection)))


def draft(visit: Visit) -> Done:
    """What was `counted`."""
    assert isinstance(visit.brought, Document)
    id = drafting.kept(visit.db, visit.who, visit.brought, visit.now)
    return Done(text.DRAFTED, f"/console/reports/{id}")


def circular(visit: Visit) -> Shown:
    found = reading.seen(visit.db, visit.who, visit.id, visit.now)
    stage = Stage(found.row.state)
    own = found.row.author == visit.who.id
    values = {
        "row": found.row,
        "title": paper.title(found.document),
        "document": found.document,
        "sentences": [(each, paper.sentence(each)) for each in found.document.figures],
        "grid": paper.grid(found.document),
        "units": units_of(found.document),
        "as_of": paper.as_of(found.document),
        "author": found.author,
        "approver": found.approver,
        "steps": steps_of(visit, found.row),
        "waits": waits_for(visit, found.row) if own and stage is Stage.CHECKED else "",
    }
    return Shown("circular.html", values)


def steps_of(visit: Visit, row: Circular) -> list[Step]:
    """What this visitor may do with it now."""
    if not may(visit.db, visit.who, Action.DRAFT_CIRCULAR, row.org_id, visit.now):
        return []
    own = row.author == visit.who.id
    return [each for each in NEXT[Stage(row.state)] if not (own and each is Step.APPROVE)]


def units_of(document: Document) -> list[str]:
    """Whose each row of the table is, in its order."""
    return list(dict.fromkeys(org for each in document.figures for org, *_ in each.rows))


def waits_for(visit: Visit, row: Circular) -> str:
    """Who is to approve what this visitor has written."""
    them = letters.approvers(visit.db, row.org_id, row.author, visit.now)
    names = members.names(visit.db, them[:NAMED])
    return text.to_approve(list(names.values()), len(them))


def records(visit: Visit) -> Shown:
    """Each record behind one number, and its sum."""
    found = reading.seen(visit.db, visit.who, visit.id, visit.now)
    figure = found.document.figure(visit.place["figure"])
    if figure is None:
        raise Missing
    org, behind, unit = visit.query.get("org", ""), figure.records, ""
    if org:
        of = [row for row in figure.rows if row[0] == org]
        if not of:
            raise Missing
        behind, unit = reading.of_unit(visit.db, found.document, figure, org), of[0][1]
        figure = replace(figure, rows=of)
    rows = part(behind, visit.page, EACH)
    values = {
        "row": found.row,
        "title": paper.title(found.document),
        "figure": figure,
        "unit": unit,
        "said": paper.sentence(figure),
        "definition": paper.definition(figure),
        "behind": [
            (each, behind_it(visit, record))
            for each, record in zip(
                reading.behind(visit.db, found.document, rows.items), rows.items, strict=True
            )
        ],
        "part": rows,
    }
    return Shown("records.html", values)


def behind_it(visit: Visit, record: Record) -> str:
    """The page of what was counted, where there is one and it is theirs to see."""
    kind, _, id = record.ref.partition(":")
    seen = kind == "activity" and may(
        visit.db, visit.who, Action.SEE_ATTENDANCE, record.org_id, visit.now
    )
    return f"/console/activities/{id}" if seen else ""


def download(visit: Visit) -> File:
    if visit.place["form"] not in set(Form):
        raise Missing
    row = reading.seen(visit.db, visit.who, visit.id, visit.now).row
    made = printing.printed(visit.db, visit.who, row, Form(visit.place["form"]), visit.now)
    return File(made.body, made.name, made.kind)


def table(visit: Visit) -> File:
    """Asked for in chat; for a quarter of an hour, and for the session that comes first."""
    session = visit.inside.digest
    found = wanting.fetch(visit.db, visit.who, visit.id, session, visit.now)
    return File(found.body, found.name, XLSX)


def step_of(visit: Visit) -> Step:
    if visit.place["step"] not in set(Step):
        raise Missing
    return Step(visit.place["step"])


def recounted(visit: Visit) -> object:
    return drafting.recounted(visit.db, visit.who, step_of(visit), visit.id, visit.now)


def step(visit: Visit) -> Done:
    """By the numbers that were `recounted`, where it is taken by those of now."""
    fresh = visit.brought if isinstance(visit.brought, Document) else None
    match drafting.take_step(visit.db, visit.who, step_of(visit), visit.id, fresh, visit.now):
        case drafting.Done(stage, id):
            return Done(text.DONE[stage], f"/console/reports/{id}")
        case Moved():
            return Done(text.MOVED)
        case OwnWork():
            raise Refusal(text.OWN)
        case NotNow(stage):
            raise Refusal(text.now_is(stage))
        case Named():
            raise Refusal(text.NAMED)
        case Banned() | Repeated():
            raise Refusal(text.REFUSED)
        case Spoilt():
            raise Refusal(text.SPOILT)
