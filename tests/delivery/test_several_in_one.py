"""Several letters in one message: what is cut is one tap away, and numbers are buttons."""

from bot.messages import Reply, Say, button
from tests.delivery.conftest import PostOffice, StandIn, either_will_do


@either_will_do
def test_a_long_digest_says_how_each_begins(office: PostOffice, fake: StandIn) -> None:
    office.member("王芳")
    for n in range(6):
        office.posts("王芳", f"第{n}件" + "长" * 200)

    assert office.works() == 1
    [(_, text)] = fake.got
    assert text.startswith("有 6 件事：\n1. 第0件长")
    assert len(text) < 500
    wang = office.world.talker("王芳")
    assert wang.says("看全文").startswith("（1/6）第0件" + "长" * 200)
    for n in range(1, 6):
        assert wang.taps("下一件").startswith(f"（{n + 1}/6）第{n}件" + "长" * 200)
    assert not office.world.last.buttons


@either_will_do
def test_more_buttons_than_there_is_room_for_are_with_their_letters(
    office: PostOffice, fake: StandIn
) -> None:
    office.member("王芳")
    for n in range(4):
        buttons = [button(f"{what}{n}", Say(words="帮助")) for what in "甲乙"]
        office.posts("王芳", say=Reply(text=f"第{n}件", buttons=buttons))

    office.works()
    wang = office.world.talker("王芳")
    wang.says("看全文")
    for _ in range(3):
        wang.taps("下一件")
    assert [each.label for each in office.world.last.buttons] == ["甲3", "乙3"]


def test_a_number_means_the_button_of_the_letter_that_came_last(
    office: PostOffice, fake: StandIn
) -> None:
    office.member("王芳")
    wang = office.world.talker("王芳")
    assert "没有等您选的编号" in wang.says("2")
    choice = [button("甲", Say(words="帮助")), button("乙", Say(words="隐私说明"))]
    office.posts("王芳", say=Reply(text="选一个", buttons=choice))
    office.works()

    assert "没有等您选的编号" in wang.says("3")
    assert wang.says("2") == wang.says("隐私说明")
