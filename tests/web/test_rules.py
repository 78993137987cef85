"""Rules altered from the desk: the effect first, then a version of its own; the file stays."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlmodel import select

from handlers.duties.actions import amending, planning
from handlers.duties.actions.planning import in_force, rulebook
from handlers.duties.rules.amending import Fault, LadderChange, RuleChange, fault
from storage.amendments import RuleAmendment
from storage.audit import AuditRow
from storage.duties import RulesInForce
from storage.ladders import Case
from storage.members import Role
from storage.organisation import OrgKind
from tests.web.desk import Desk, Forms
from tests.web.test_roles import owed
from tests.world import World

Desks = Callable[..., Desk]
THEME = next(rule for rule in rulebook().rules if rule.name == "主题党日")
HERE = f"/console/settings/rules/{THEME.id}"
LOOK = f"{HERE}?look=1&days=7、1&escalation={THEME.escalation}"


@pytest.fixture
def office(world: World, desk: Desks) -> Desk:
    """Whoever may alter the rules, over a branch with a theme day due in December."""
    world.organisation("WC", kind=OrgKind.WORK_COMMITTEE)
    world.organisation("B1", under="WC", kind=OrgKind.BRANCH)
    world.member("主任", branch="WC", role=Role.COMMITTEE_OFFICE)
    world.member("张一", role=Role.SECRETARY)
    world.add(RulesInForce(hash="x", version="1", since=world.now))
    world.add(owed("B1", date(2026, 12, 17), "12", THEME.id))
    return desk().enter(world, "主任")


def change(*, days: tuple[int, ...], ladder: str = THEME.escalation) -> RuleChange:
    return RuleChange(THEME.id, days, ladder)


def foreseen(world: World, wanted: RuleChange | LadderChange) -> dict[str, tuple[int, int]]:
    with world.database.unit_of_work() as db:
        found = amending.effect(db, wanted, world.now)
    return {line.role: (line.before, line.after) for line in found.lines}


def test_how_many_reminders_to_whom(world: World, office: Desk) -> None:
    """The rule reminds three times in advance; then the ladder is climbed to its top."""
    assert THEME.remind == (7, 3, 1)
    before = foreseen(world, change(days=THEME.remind))
    assert all(now == then for now, then in before.values())
    now, then = foreseen(world, change(days=(7, 1)))["secretary"]
    assert then == now - 1
    now, then = foreseen(world, change(days=()))["secretary"]
    assert then == now - 3


def test_a_rung_that_is_not_taken(world: World, office: Desk) -> None:
    rungs = rulebook().ladders[THEME.escalation]
    days = tuple(None if at == 0 else each.after_days for at, each in enumerate(rungs))
    now, then = foreseen(world, LadderChange(THEME.escalation, days))["secretary"]
    assert then == now - 1


def test_looking_changes_nothing_and_saving_is_a_version(world: World, office: Desk) -> None:
    shown = office.get(LOOK).text
    assert "少 1 次" in shown
    assert kept(world) == []

    before = Forms(shown).found[HERE]
    answer = office.post(HERE, before)
    assert answer.status_code == 303
    assert "已保存：主题党日。" in office.get("/console/settings/rules").text
    with world.database.unit_of_work() as db:
        book = in_force(db)
        assert book.by_id[THEME.id].remind == (7, 1)
        assert book.version == f"{rulebook().version}+1"
        assert db.get(RulesInForce, book.hash)
        row = db.exec(select(AuditRow).where(AuditRow.action == "change_rules")).one()
        assert (row.actor, row.object) == ("主任", f"rules:rule:{THEME.id}")
    assert rulebook().by_id[THEME.id].remind == (7, 3, 1)


def kept(world: World) -> list[RuleAmendment]:
    with world.database.reading() as db:
        return list(db.exec(select(RuleAmendment)))


def test_somebody_was_faster(world: World, office: Desk) -> None:
    form = Forms(office.get(LOOK).text).found[HERE]
    office.post(HERE, form)
    office.post(HERE, form)
    assert len(kept(world)) == 1
    assert "预览之后有人改过规则" in office.get(HERE).text


def test_the_plan_and_the_morning_go_by_it(world: World, office: Desk) -> None:
    office.post(HERE, Forms(office.get(LOOK).text).found[HERE])
    with world.database.unit_of_work() as db:
        planning.plan(db, in_force(db), world.now)
        assert in_force(db).by_id[THEME.id].remind == (7, 1)


def test_open_cases_keep_their_ladder(world: World, office: Desk) -> None:
    late = world.add(owed("B1", date(2026, 11, 10), "11", THEME.id))
    world.add(
        Case(
            duty_id=late.id, ladder=THEME.escalation, rules_version="1",
            rungs='[[0, "secretary", "private"]]', base=date(2026, 11, 10),
            opened_on=date(2026, 11, 10), taken=1,
        )
    )  # fmt: skip
    shown = office.get(f"{HERE}?look=1&days=7&escalation=statutory").text
    assert "1 件正在走台阶，照旧按原来的走完" in shown
    assert "从11月10日（周二）起" in shown
    assert "正在走台阶" not in office.get(LOOK).text


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (RuleChange("没有", (), "branch"), Fault.UNKNOWN),
        (change(days=(201,)), Fault.OUT_OF_RANGE),
        (change(days=(1, 2, 3, 4, 5, 6, 7)), Fault.TOO_MANY),
        (change(days=(7,), ladder="personal"), Fault.PERSONAL),
        (change(days=(7,), ladder="没有"), Fault.UNKNOWN),
        (LadderChange("branch", (None,) * len(rulebook().ladders["branch"])), Fault.NO_RUNG),
        (LadderChange("branch", (0,)), Fault.UNKNOWN),
        (change(days=()), None),
    ],
)
def test_a_change_of_a_rule_that_cannot_be(
    wanted: RuleChange | LadderChange, why: Fault | None
) -> None:
    assert fault(rulebook(), wanted) is why


def test_what_is_no_number_is_named(office: Desk) -> None:
    assert "「很快」不是天数" in office.get(f"{HERE}?look=1&days=很快&escalation=branch").text


def test_who_is_never_chased_is_altered_after_a_preview(world: World, office: Desk) -> None:
    world.member("老同志", chase_exempt="aged_or_infirm")
    here = "/console/settings/rules/exempt"
    shown = office.get(f"{here}?look=1&x.on_leave=on").text
    assert "有 1 人以后要催办" in shown
    office.post(here, Forms(shown).found[here])
    with world.database.unit_of_work() as db:
        assert in_force(db).exempt == {"on_leave"}


def test_every_form_opens(office: Desk) -> None:
    for what in [rule.id for rule in rulebook().rules] + [
        f"ladder.{n}" for n in rulebook().ladders
    ]:
        assert office.get(f"/console/settings/rules/{what}").status_code == 200, what
    assert office.get("/console/settings/rules/没有").status_code == 404
