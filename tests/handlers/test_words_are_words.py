"""T27: what somebody says is a value, never a format or a template, wherever it is said back."""

from storage.members import Role
from tests.delivery.conftest import either_will_do
from tests.platforms.test_contract import TEMPLATES
from tests.world import World


@either_will_do
def test_what_is_said_is_said_back_as_it_was(world: World) -> None:
    li = world.member("李书记", role=Role.SECRETARY)
    for each in TEMPLATES:
        assert f"「明天停电{each}请早到。」" in li.says(f"发通知：明天停电{each}请早到")
        li.taps("不发")
        assert f"交{each}材料" in li.says(f"提醒我明天九点交{each}材料")
        assert f"交{each}材料" in li.says("我的提醒")
        li.says("取消提醒 1")
        assert f"「{each}主题党日」" in li.says(f"安排活动 周五下午三点 {each}主题党日")
        assert f"{each}主题党日（B1），" in li.says(f"三楼{each}")
        assert f"{each}主题党日" in li.taps("发布")
        assert f"{each}主题党日" in li.says("本周活动")
        li.says("取消活动")
        li.taps("取消这场")
