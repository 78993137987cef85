"""A notice that was sent already is taken back from the phones, or reworded there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.messages import Address, Reply, SendFailed, StaysShown
from handlers.notices.actions import unsaying
from storage import lanes
from storage.lanes import Limits
from storage.members import Role
from storage.outbox import Rank
from tests.delivery.conftest import PostOffice
from tests.world import Talker, World

TWO_DAYS = timedelta(hours=48)


@dataclass
class Phones:
    """A platform whose messages can be taken back. `kept`: users on whose phones they stay."""

    name: str = "fake"
    shown: dict[str, dict[str, str]] = field(default_factory=dict)
    """User to receipt to text."""
    kept: frozenset[str] = frozenset()
    trouble: list[SendFailed] = field(default_factory=list)
    takes_it_anyway: bool = False
    """Before the trouble, as with an answer that is lost on its way."""
    tries: list[str] = field(default_factory=list)
    numbers: int = 0
    meanwhile: Callable[[], object] | None = None
    """What happens while the next call that changes something is under way."""

    async def send(self, to: Address, reply: Reply, *, key: str) -> str:
        self.numbers += 1
        self.shown.setdefault(to.user, {})[str(self.numbers)] = reply.text
        return str(self.numbers)

    async def unsay(self, users: Sequence[str], receipt: str, instead: Reply | None) -> None:
        [user] = users
        self.tries.append(user)
        happens, self.meanwhile = self.meanwhile, None
        if happens:
            happens()
        trouble = self.trouble.pop(0) if self.trouble else None
        if trouble and not self.takes_it_anyway:
            raise trouble
        if user in self.kept:
            raise StaysShown("message can't be deleted")
        if instead is None:
            self.shown[user].pop(receipt, None)
        else:
            self.shown[user][receipt] = instead.text
        if trouble:
            raise trouble

    def says(self, user: str) -> list[str]:
        return list(self.shown.get(user, {}).values())


@dataclass
class Whole(Phones):
    """Takes a message back from all who got it, at once."""

    name: str = "fake"
    msgs: dict[str, list[str]] = field(default_factory=dict)

    async def send_many(
        self, users: Sequence[str], reply: Reply, *, key: str
    ) -> tuple[dict[str, SendFailed], str]:
        self.numbers += 1
        self.msgs[str(self.numbers)] = list(users)
        return {}, str(self.numbers)

    async def unsay(self, users: Sequence[str], receipt: str, instead: Reply | None) -> None:
        self.tries.append(receipt)
        if self.msgs.pop(receipt, None) is None:
            raise StaysShown("invalid param")


@pytest.fixture
def phones(world: World, monkeypatch: pytest.MonkeyPatch) -> PostOffice:
    monkeypatch.setitem(
        lanes.LIMITS, "fake", Limits(per_second=200, unsays=TWO_DAYS, rewords=TWO_DAYS)
    )
    for name in ("李书记", "王芳", "赵四"):
        world.member(name, "B1", *[Role.SECRETARY][: name == "李书记"])
    return PostOffice(world, {"fake": Phones()})


def on(office: PostOffice) -> Phones:
    found: Phones = office.platforms["fake"]
    return found


def notice(office: PostOffice, words: str = "大家周五学习") -> Talker:
    li = office.world.talker("李书记")
    li.says(f"发通知：{words}")
    li.says("1")
    office.works()
    return li


def tick(office: PostOffice) -> None:
    """The clock's minute, and what is sent in it."""
    office.waits(minutes=1)
    with office.database.reading() as db:
        parts = list(unsaying.in_parts(db, office.world.now))
    for part in parts:
        with office.database.unit_of_work() as db:
            part(db)
    office.works()


def news(office: PostOffice) -> list[str]:
    return [words for _, words in office.letters("confirm")]


def test_a_recall_takes_it_from_the_phones_and_says_of_how_many(phones: PostOffice) -> None:
    li = notice(phones)
    on(phones).kept = frozenset({"赵四"})
    phones.works()

    assert li.says("撤回通知") == "已停下：3 人已经发出，正在从手机上撤回，撤完告诉您。"
    phones.works()
    tick(phones)
    assert news(phones) == ["通知已撤回 2 人，1 人已看到或不能撤回。"]
    assert on(phones).says("王芳") == []
    assert len(on(phones).says("赵四")) == 1
    assert "其中 2 人手机上的已撤回。" in li.says("通知情况")

    tick(phones)
    assert sorted(on(phones).tries) == ["李书记", "王芳", "赵四"]
    assert len(news(phones)) == 1


def test_an_edit_rewords_what_is_on_the_phones(phones: PostOffice) -> None:
    li = notice(phones)

    assert li.says("改通知：大家周六学习") == (
        "已按旧文发送 3 人；手机上的旧文正在换成新文，换完告诉您。"
    )
    phones.works()
    tick(phones)
    assert on(phones).says("王芳")[0].endswith("大家周六学习。")
    assert news(phones) == ["手机上的旧文换好了：3 人已是新文。"]

    li.says("撤回通知")
    phones.works()
    tick(phones)
    assert on(phones).says("王芳") == []


FIRST, SECOND, THIRD = "大家周五学习", "大家周六学习", "大家周日学习"


def rewords(li: Talker, *words: str) -> str:
    """One after the other, at once; what the last one is told."""
    return [li.says(f"改通知：{each}") for each in words][-1]


def shown_everywhere(office: PostOffice) -> set[str]:
    """What is on the three phones, as far as it is the notice."""
    said = {words for user in ("李书记", "王芳", "赵四") for words in on(office).says(user)}
    return {words[-7:-1] for words in said if words.endswith("学习。")}


def test_edited_back_to_what_it_said_before(phones: PostOffice) -> None:
    li = notice(phones, FIRST)
    rewords(li, SECOND)
    phones.works()
    tick(phones)
    assert shown_everywhere(phones) == {SECOND}

    assert "正在换成新文" in rewords(li, FIRST)
    phones.works()
    tick(phones)
    assert shown_everywhere(phones) == {FIRST}
    assert news(phones) == ["手机上的旧文换好了：3 人已是新文。"] * 2


@pytest.mark.parametrize("last", [FIRST, THIRD])
def test_of_edits_in_quick_succession_the_last_one_is_said(phones: PostOffice, last: str) -> None:
    """What has not left is not sent at all, and who asked is told once, of the last one."""
    li = notice(phones, FIRST)
    rewords(li, SECOND, THIRD, SECOND, last)
    phones.works()
    tick(phones)
    assert shown_everywhere(phones) == {last}
    assert len(on(phones).tries) == (0 if last == FIRST else 3)
    assert len(news(phones)) == (0 if last == FIRST else 1)


@pytest.mark.parametrize("last", [FIRST, THIRD])
@pytest.mark.parametrize("trouble", [None, SendFailed("no answer", uncertain=True)])
def test_edited_while_the_edit_before_is_under_way(
    phones: PostOffice, last: str, trouble: SendFailed | None
) -> None:
    """The last one waits until that has ended, also where nobody knows how."""
    li = notice(phones, FIRST)
    rewords(li, SECOND)
    on(phones).meanwhile = lambda: rewords(li, last)
    on(phones).trouble = [trouble] if trouble else []
    on(phones).takes_it_anyway = trouble is not None
    for _ in range(3):
        phones.works()
        tick(phones)
    assert shown_everywhere(phones) == {last}


def test_a_change_is_not_finished_by_what_was_asked_before(phones: PostOffice) -> None:
    li = notice(phones, FIRST)
    assert li.says(f"改通知：{FIRST}") == "通知已经是这样写的，没有改动。"

    rewords(li, SECOND)
    li.says("撤回通知")
    assert rewords(li, THIRD) == "这条通知已经撤回，改不了。要发新的，请再发一条通知。"
    phones.works()
    tick(phones)
    assert shown_everywhere(phones) == set()
    assert news(phones) == ["通知已撤回 3 人。"]


def test_who_got_the_new_words_at_once_has_no_old_ones(phones: PostOffice) -> None:
    """The news counts only phones on which other words are left."""
    phones.posts("王芳", "另一件事", rank=Rank.NORMAL)
    li = notice(phones, FIRST)
    on(phones).kept = frozenset({"赵四"})
    rewords(li, SECOND)
    phones.works()
    tick(phones)
    assert news(phones) == ["手机上的旧文换好了：1 人已是新文，2 人已看到或改不了，仍是旧文。"]


def test_nobody_knows_whether_it_was_done_so_it_is_done_again(phones: PostOffice) -> None:
    li = notice(phones)
    on(phones).trouble = [SendFailed("no answer", uncertain=True)]

    li.says("撤回通知")
    phones.works()
    phones.waits(seconds=5).works()
    tick(phones)
    assert len(on(phones).tries) == 4
    assert news(phones) == ["通知已撤回 3 人。"]


def test_what_is_two_days_old_stays(phones: PostOffice) -> None:
    li = notice(phones)
    phones.waits(hours=48)

    assert li.says("撤回通知").startswith("撤不回了：3 人都已经发出")
    phones.works()
    assert on(phones).tries == []


def test_what_came_together_with_something_else_stays(phones: PostOffice) -> None:
    li = phones.world.talker("李书记")
    li.says("发通知：大家周五学习")
    phones.posts("王芳", "另一件事", rank=Rank.NORMAL)
    li.says("1")
    phones.works()
    assert len(on(phones).says("王芳")) == 1

    li.says("撤回通知")
    phones.works()
    tick(phones)
    assert news(phones) == ["通知已撤回 2 人，1 人已看到或不能撤回。"]
    assert "另一件事" in on(phones).says("王芳")[0]


def test_at_night_nobody_hears_it_and_it_is_no_message(phones: PostOffice) -> None:
    li = notice(phones)
    phones.waits(hours=14)

    li.says("撤回通知")
    phones.works()
    assert on(phones).says("王芳") == []


def test_one_call_takes_it_back_from_all_who_got_it_in_one(
    phones: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when its letters are claimed in two goes."""
    joined = Limits(per_second=200, joins=1000, unsays=TWO_DAYS)
    monkeypatch.setitem(lanes.LIMITS, "fake", joined)
    phones.platforms["fake"] = Whole()
    li = notice(phones)
    li.says("撤回通知")
    monkeypatch.setattr("scheduler.delivery.claiming.room_for", lambda *_: 1)

    phones.works()
    tick(phones)
    assert on(phones).tries.count("1") == 3
    assert news(phones) == ["通知已撤回 3 人。"]
