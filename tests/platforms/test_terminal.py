"""The terminal: how a reply looks as plain text, and a conversation at a keyboard and in a pipe."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.plain_text import PlainTextOutput

from bot.clock import HOME
from bot.messages import Address, Busy, Button, Incoming, Reply, SendFailed
from bot.platforms.terminal import Terminal, connect, plain
from bot.platforms.terminal.render import styled

NOW = datetime(2026, 11, 23, 8, 26, tzinfo=HOME)
ME = Address("terminal", "M001")
WHERE = Reply(
    text="现在有两场可以签到，您在哪一场？",
    buttons=[Button(label="主题党日", tap="in:1"), Button(label="志愿服务", tap="in:2")],
)


class Heard(list[Incoming]):
    async def ask(self, incoming: Incoming) -> Reply | None:
        self.append(incoming)
        match incoming.text or incoming.tap:
            case "签到":
                return WHERE
            case "忙":
                raise Busy
            case "慢":
                return None
            case said:
                return Reply(text=f"听到：{said}")

    @property
    def said(self) -> list[str]:
        return [one.text or one.tap for one in self]


@contextmanager
def keyboard(
    heard: Heard, keys: str, history: Path | None = None
) -> Iterator[tuple[Terminal, io.StringIO]]:
    screen = io.StringIO()
    with create_pipe_input() as pipe:
        pipe.send_text(keys)
        output = PlainTextOutput(screen)
        yield (
            Terminal(heard.ask, ME, now=lambda: NOW, input=pipe, output=output, history=history),
            screen,
        )


def test_a_reply_as_plain_text() -> None:
    reply = Reply(
        title="请假",
        text="需要写原因吗？",
        fields={"时间": "12月2日（周三）", "地点": "三楼"},
        buttons=[Button(label="提交", tap="y"), Button(label="不请了", tap="n")],
    )
    assert (
        plain(reply)
        == "请假\n需要写原因吗？\n时间：12月2日（周三）\n地点：三楼\n［1 提交］［2 不请了］"
    )
    assert "".join(piece[1] for piece in styled(reply)) == plain(reply) + "\n"


@pytest.mark.parametrize("reply", [Reply(text="好的"), WHERE, Reply(text="", title="只有题目")])
def test_styled_and_plain_say_the_same(reply: Reply) -> None:
    assert "".join(piece[1] for piece in styled(reply)) == plain(reply) + "\n"


def test_nothing_commands_the_terminal() -> None:
    hostile = "张\x1b]0;x\x07一\x1b[31m\u202e\x9b2J\r"
    reply = Reply(
        text=hostile,
        title=hostile,
        fields={hostile: hostile},
        buttons=[Button(label=hostile, tap="x")],
    )
    for shown in (plain(reply), "".join(piece[1] for piece in styled(reply))):
        assert not set(shown) & set("\x1b\x07\u202e\x9b\r")


async def test_a_conversation_at_the_keyboard() -> None:
    heard = Heard()
    with keyboard(heard, "签到\r2\r你好\r\x04") as (terminal, screen):
        await terminal.listen()
    assert heard.said == ["签到", "in:2", "你好"]
    assert {one.sender for one in heard} == {ME}
    assert heard[0].at == NOW
    assert len({one.id for one in heard}) == 3
    shown = screen.getvalue()
    assert "［1 主题党日］［2 志愿服务］" in shown
    assert "听到：in:2" in shown
    assert shown.rstrip().endswith("再见。")


async def test_a_number_that_no_button_carries_is_a_word() -> None:
    heard = Heard()
    with keyboard(heard, "1\r签到\r3\r0\r12\r４\r\x04") as (terminal, _):
        await terminal.listen()
    assert heard.said == ["1", "签到", "3", "0", "12", "４"]


async def test_an_empty_line_says_nothing_and_ctrl_c_drops_what_was_begun() -> None:
    heard = Heard()
    with keyboard(heard, "\r   \r写错了\x03你好\r\x04") as (terminal, _):
        await terminal.listen()
    assert heard.said == ["你好"]


async def test_what_was_not_taken_and_what_follows_later_is_said() -> None:
    heard = Heard()
    with keyboard(heard, "忙\r慢\r\x04") as (terminal, screen):
        await terminal.listen()
        await terminal.send(ME, Reply(text="办好了。"), key="L1")
    shown = screen.getvalue()
    assert "没有收到" in shown
    assert "稍后告诉您" in shown
    assert "办好了。" in shown


async def test_a_letter_for_somebody_else_is_not_shown() -> None:
    with keyboard(Heard(), "") as (terminal, screen), pytest.raises(SendFailed):
        await terminal.send(Address("terminal", "M002"), Reply(text="密"), key="L1")
    assert screen.getvalue() == ""


async def test_what_was_typed_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "zhibu" / "history"
    for keys in ("签到\r\x04", "\x1b[A\r\x04"):  # the second time: arrow up
        heard = Heard()
        with keyboard(heard, keys, file) as (terminal, _):
            await terminal.listen()
        assert heard.said == ["签到"]
    assert file.stat().st_mode & 0o077 == 0


async def test_in_a_pipe_it_is_plain(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    heard = Heard()
    monkeypatch.setattr(sys, "stdin", io.StringIO("签到\n\n1\n"))
    await Terminal(heard.ask, ME, now=lambda: NOW).listen()
    assert heard.said == ["签到", "in:1"]
    assert capsys.readouterr().out == (
        "现在有两场可以签到，您在哪一场？\n［1 主题党日］［2 志愿服务］\n听到：in:1\n"
    )


def test_a_running_assistant_has_nobody_at_a_keyboard() -> None:
    assert connect(Heard().ask) is None
