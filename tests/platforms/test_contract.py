"""What every platform promises, tried on every folder under `bot/platforms`."""

import re
import subprocess
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Address, Ask, Button, Incoming, Reply, SendFailed
from bot.platforms import Incomplete, Platform
from tests.platforms.declared import LATITUDE, LONGITUDE, Connect, Outside, Shown
from tests.platforms.discovered import DECLARED, NAMES, PLATFORMS, ROOT
from tests.platforms.stand_in import Answer, Call, Fault, refusing, standing_in

every = pytest.mark.parametrize("name", NAMES)


def connect(name: str) -> Connect:
    found: Connect = import_module(f"bot.platforms.{name}").connect
    return found


CONFIGURED = [name for name in NAMES if DECLARED[name].environment]
OUTSIDE = [name for name in NAMES if DECLARED[name].outside]
POSITIONS = [name for name in NAMES if DECLARED[name].position]


async def silence(_: Incoming) -> None:
    return None


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """One in which nothing is set, nor in a file."""
    monkeypatch.chdir(tmp_path)
    for each in DECLARED.values():
        for variable in each.environment:
            monkeypatch.delenv(variable, raising=False)
    return monkeypatch


def connected(name: str, environment: pytest.MonkeyPatch, ask: Ask = silence) -> Platform:
    for variable, value in DECLARED[name].environment.items():
        environment.setenv(variable, value)
    platform = (DECLARED[name].made or connect(name))(ask)
    assert platform is not None
    return platform


def test_there_are_platforms() -> None:
    assert {"telegram", "terminal", "webchat", "wechat", "wecom"} <= set(NAMES)


class TestTheFolder:
    @every
    def test_has_the_file_names_that_all_have(self, name: str) -> None:
        """What is not needed is not there: without a server of its own a platform need not call
        one, and without configuration it reads none."""
        wanted = {"receive", "render"}
        wanted |= {"send"} if name in OUTSIDE else set()
        wanted |= {"settings"} if name in CONFIGURED else set()
        there = {path.stem for path in (PLATFORMS / name).iterdir()}

        assert wanted <= there

    def test_costs_nothing_until_it_is_configured(self) -> None:
        imports = "; ".join(f"import bot.platforms.{name}" for name in NAMES)
        program = f"import sys; {imports}; print(*sys.modules)"
        loaded = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split()

        assert not {"telegram", "wechatpy", "httpx"} & set(loaded)


class TestConnecting:
    @pytest.mark.parametrize("name", CONFIGURED)
    def test_without_configuration_it_is_not_there(
        self, name: str, environment: pytest.MonkeyPatch
    ) -> None:
        assert connect(name)(silence) is None

    @pytest.mark.parametrize(
        ("name", "missing"),
        [(name, variable) for name in CONFIGURED for variable in DECLARED[name].environment],
    )
    def test_what_is_missing_is_named(
        self, name: str, missing: str, environment: pytest.MonkeyPatch
    ) -> None:
        for variable, value in DECLARED[name].environment.items():
            environment.setenv(variable, "" if variable == missing else value)

        with pytest.raises(Incomplete) as incomplete:
            connect(name)(silence)
        assert incomplete.value.missing == (missing,)

    @every
    async def test_it_has_its_folders_name_and_lets_go(
        self, name: str, environment: pytest.MonkeyPatch
    ) -> None:
        platform = connected(name, environment)

        assert platform.name == name
        await platform.close()

    async def test_no_two_want_the_same_visits(self, environment: pytest.MonkeyPatch) -> None:
        paths: list[str] = []
        for name in NAMES:
            platform = connected(name, environment)
            paths += platform.webhooks()
            await platform.close()

        assert len(paths) == len(set(paths))
        assert all(path.startswith("/") for path in paths)


FULL = Reply(
    title="主题党日",
    text="今天 15:00 开始，请提前十分钟到。",
    fields={"地点": "三楼会议室", "应到": "24 人"},
    buttons=[Button(label="签到", tap="in:1"), Button(label="请假", tap="leave:1:2026-11-27")],
)
NASTY = [
    "]]>",
    "]]><Content><![CDATA[x",
    "<b>粗</b>",
    '<a href="https://evil.example">点我</a>',
    "<a href='tg://user?id=1'>x</a>",
    "&amp;&#60;",
    "*粗* _斜_ [x](https://evil.example) `x`",
    "{m.__class__}",
    "@all @所有人",
    "\x00\x01\x08\x0b\x1b[31m\x7f\x9f",
    "\u202e到签\u202c\u2066\u2069\u200f",
    "\ud800",
    "\r\n\u2028\u2029\t",
    "𠮷👨\u200d👩\u200d👧",
]
TEMPLATES = [
    "{m.__class__}", "{0}", "{}", "{text!r}", "{{7*7}}", "${7*7}", "%s", "%(text)s", "%d%%",
    "#{7*7}", "<%=7*7%>", "{%print(7)%}", "$text", "\\1",
]  # fmt: skip
WORDS = st.text(max_size=200) | st.lists(st.sampled_from(NASTY), max_size=6).map("".join)
LONG = st.integers(min_value=1, max_value=9000).map(lambda n: ("一句话说完。" * n)[:n])
TAPS = st.text(alphabet="abcxyz0123456789:_-.签", min_size=1, max_size=20)
REPLIES = st.builds(
    Reply,
    text=(WORDS | LONG).map(lambda words: "您好" + words),
    title=WORDS,
    fields=st.dictionaries(WORDS, WORDS, max_size=8),
    buttons=st.lists(
        st.builds(Button, label=WORDS.map(lambda words: "好" + words[:30]), tap=TAPS), max_size=9
    ),
)
HIDES = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
)
"""Control characters, halves of characters, marks that turn the direction of writing."""


def both(name: str, reply: Reply) -> list[Sequence[Shown]]:
    """In the answer to a message, and by itself."""
    return [DECLARED[name].answered(reply), DECLARED[name].unasked(reply)]


class TestShowing:
    @every
    def test_nothing_of_a_reply_is_left_out(self, name: str) -> None:
        for messages in both(name, FULL):
            text = "\n".join(each.text for each in messages)
            for words in [FULL.title, FULL.text, *FULL.fields, *FULL.fields.values()]:
                assert words in text

    @every
    @given(reply=REPLIES)
    def test_limits_hold_and_nothing_hides(self, name: str, reply: Reply) -> None:
        for messages in both(name, reply):
            assert messages
            for each in messages:
                assert each.text.strip()
                assert each.size <= each.room
                assert each.links == 0
                assert not HIDES.search(each.text)

    @every
    @given(reply=REPLIES)
    def test_every_button_can_be_reached(self, name: str, reply: Reply) -> None:
        for messages in both(name, reply):
            taps = [tap for each in messages for tap in each.taps]
            text = "\n".join(each.text for each in messages)
            for number, button in enumerate(reply.buttons, start=1):
                assert button.tap in taps or re.search(rf"\b{number}[. ]+好", text)

    @every
    @pytest.mark.parametrize("nasty", NASTY)
    def test_what_people_typed_does_no_harm(self, name: str, nasty: str) -> None:
        reply = FULL.model_copy(
            update={
                "text": f"前{nasty}后",
                "title": f"题{nasty}",
                "fields": {f"名{nasty}": f"值{nasty}尾"},
                "buttons": [Button(label=f"好{nasty}", tap="in:1")],
            }
        )
        for messages in both(name, reply):
            text = "".join(each.text for each in messages)
            assert [text.count(mark) for mark in "前后题名值尾好"] == [1] * 7
            assert not HIDES.search(text)
            assert sum(each.links for each in messages) == 0

    @every
    @pytest.mark.parametrize("typed", TEMPLATES)
    def test_words_are_no_templates(self, name: str, typed: str) -> None:
        reply = Reply(text=f"前{typed}后", title=typed, fields={typed: typed})
        for messages in both(name, reply):
            text = "".join(each.text for each in messages).replace("＜", "<").replace("＞", ">")
            assert f"前{typed}后" in text
            assert text.count(typed) == 4


class TestSending:
    async def send(self, name: str, to: str, environment: pytest.MonkeyPatch) -> SendFailed:
        outside = DECLARED[name].outside
        assert outside is not None
        environment.setenv(outside.address, to)
        platform = connected(name, environment)
        try:
            with pytest.raises(SendFailed) as failed:
                await platform.send(Address(name, DECLARED[name].user), FULL, key="letter-1")
        finally:
            await platform.close()
        return failed.value

    @pytest.mark.parametrize("name", OUTSIDE)
    async def test_where_nobody_listens_nothing_was_taken(
        self, name: str, environment: pytest.MonkeyPatch
    ) -> None:
        failed = await self.send(name, await refusing(), environment)

        assert (failed.permanent, failed.uncertain) == (False, False)

    @pytest.mark.parametrize("name", OUTSIDE)
    @pytest.mark.parametrize("fault", list(Fault))
    async def test_what_left_and_was_not_answered_is_uncertain(
        self, name: str, fault: Fault, environment: pytest.MonkeyPatch
    ) -> None:
        outside = DECLARED[name].outside
        assert isinstance(outside, Outside)
        environment.setattr(outside.deadline, 0.3)

        def answer(call: Call) -> Answer:
            return outside.before(call) or fault

        async with standing_in(answer) as there:
            failed = await self.send(name, there.url, environment)

        assert failed.uncertain
        assert not failed.permanent
        assert there.calls


class TestListening:
    @pytest.mark.parametrize("name", POSITIONS)
    async def test_nobody_learns_where_a_member_is(
        self, name: str, environment: pytest.MonkeyPatch
    ) -> None:
        heard: list[Incoming] = []

        async def ask(incoming: Incoming) -> Reply:
            heard.append(incoming)
            return Reply(text="不需要位置。")

        position = DECLARED[name].position
        assert position is not None
        visit = position()
        assert str(LATITUDE).encode() in visit.body or b"Encrypt" in visit.body
        platform = connected(name, environment, ask)
        response = await platform.webhooks()[visit.path](visit)
        await platform.close()

        assert response.status == 200
        assert len(heard) == 1
        for part in (LATITUDE, LONGITUDE):
            assert str(part)[:6] not in repr(heard)
