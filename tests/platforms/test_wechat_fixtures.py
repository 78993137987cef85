"""Everything that other projects have recorded is understood or politely ignored."""

from collections import Counter
from pathlib import Path

import pytest

from bot.messages import Kind
from bot.webhooks import Response
from tests.platforms import payloads
from tests.platforms.doors import NOW, Listener, wechat_door, wecom_door
from tests.platforms.fixtures import needs_fixtures, pushed

pytestmark = needs_fixtures


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def recorded(path: Path) -> str:
    return path.read_text()


async def answer(path: Path, platform: str, listener: Listener) -> Response:
    body = recorded(path)
    if platform == "oa":
        return await wechat_door(listener)(payloads.sealed(body, at=NOW))
    visit = payloads.sealed(body, at=NOW, envelope=payloads.WECOM)
    return await wecom_door(listener)(visit)


@pytest.mark.parametrize("path", pushed("oa"), ids=named)
async def test_what_wechat_sends_is_answered(path: Path) -> None:
    listener = Listener()
    response = await answer(path, "oa", listener)

    assert response.status == 200
    spoken_to = listener.asked and listener.asked[0].kind not in {Kind.UNFOLLOW, Kind.NEWS}
    assert bool(spoken_to) == (response.body != b"success")


@pytest.mark.parametrize("path", pushed("wecom"), ids=named)
async def test_what_wecom_sends_is_answered(path: Path) -> None:
    listener = Listener()
    response = await answer(path, "wecom", listener)

    assert response.status == 200
    assert bool(listener.asked) == bool(response.body)


async def test_most_that_people_said_is_understood() -> None:
    listener = Listener()
    paths = pushed("oa")
    for path in paths:
        await answer(path, "oa", listener)
    kinds = Counter(each.kind for each in listener.asked)

    assert len(paths) >= 80
    assert kinds[Kind.MESSAGE] >= 12
    assert min(kinds[kind] for kind in Kind) >= 1
