"""What is heard of tasks and findings in people's own words."""

import pytest

from bot.app import understander
from tests.handlers.tasks.town import Town
from tests.world import World


@pytest.mark.parametrize(
    ("said", "intent", "slots"),
    [
        ("志愿服务计划报上去了", "task_complete", {"task": "志愿服务计划"}),
        ("志愿服务2小时报上去了", "service_log", {"hours": 2}),
        ("三号问题换届请示已修订完了", "rectification_update", {}),
        ("第三个问题已经改好了", "rectification_update", {}),
        ("第三项完成了", "task_complete", {"index": 3}),
        ("投1号和4号", "ballot_vote", {"option": "1,4"}),
        ("投4号", "ballot_vote", {"option": "4"}),
    ],
)
def test_what_is_meant(world: World, said: str, intent: str, slots: dict[str, object]) -> None:
    heard = understander().understand(said, now=world.now)
    assert (heard.likeliest, dict(heard.slots)) == (intent, slots)


def test_a_plan_for_service_is_a_task(town: Town) -> None:
    town.hand_out("布置任务：各支部报送志愿服务计划，下周五前")
    secretary = town.secretaries[0]
    assert "报送志愿服务计划（A1）" in secretary.says("志愿服务计划报上去了")


def test_the_first_problem_is_the_finding_with_that_number(town: Town) -> None:
    town.office.says("发现问题：第一党支部台账不全，12月5日前")
    town.office.says("布置")
    said = town.secretaries[0].says("三号问题已经改好了")
    assert "F05 整改进展" in said  # there is no third one: how to name it
