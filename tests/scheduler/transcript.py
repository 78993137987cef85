"""The morning of the demonstration, as the READMEs show it. Made anew by
`python -m tests.scheduler.transcript`; a test sees to it that it is not stale."""

import re
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from bot.text import day
from storage.database import Database
from tests.scheduler.strikes import NOVEMBER, SECRETARIES, demo, letters, shown, speaking, strike
from tests.world import World

ROOT = Path(__file__).parents[2]
READMES = (ROOT / "README.md", ROOT / "README.zh-CN.md")
PLACE = re.compile(r"(<!-- morning -->\n).*?(<!-- /morning -->)", re.S)
SECRETARY, COMMISSIONER, OFFICE = "M089", "M090", "M002"
TITLES = {SECRETARY: "书记", COMMISSIONER: "组织委员", OFFICE: "工委办公室"}
LAST = "11-30"


def transcript(world: World) -> str:
    return "\n".join(["```text", *scenes(world), "```", ""])


def scenes(world: World) -> Iterator[str]:
    demo(world, tasks=True)
    world.now = NOVEMBER.replace(hour=8, minute=40)
    strike(world)
    told = letters(world)
    yield f"{day(world.now)} 08:40  {len(SECRETARIES)} 位书记各收到一条，其中热线办党支部："
    assert set(SECRETARIES) <= set(told)
    yield from said(world, SECRETARY)
    hotline = speaking(world, SECRETARY)
    world.last = told[SECRETARY]
    closing = ("完成", "已办")
    label = next(each.label for each in world.last.buttons if each.label.endswith(closing))
    yield f"  > {label}"
    yield from (f"  < {line}" for line in hotline.taps(label).splitlines())
    while f"{world.now:%m-%d}" < LAST:
        world.now = world.now + timedelta(days=1)
        strike(world)
        for who in (SECRETARY, COMMISSIONER):
            if who in letters(world) and "主题党日" in letters(world)[who].text:
                yield ""
                yield f"{day(world.now)} 08:40  {TITLES[who]}："
                yield from said(world, who)


def said(world: World, who: str) -> Iterator[str]:
    for line in shown(letters(world)[who]).splitlines():
        yield f"  < {line}"


def fill(words: str, found: str) -> str:
    assert PLACE.search(words), "no place for the morning"
    return PLACE.sub(lambda place: f"{place[1]}{found}{place[2]}", words)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/demo.db")
        database.create_tables()
        found = transcript(World(database))
        database.close()
    for each in READMES:
        each.write_text(fill(each.read_text("utf-8"), found), "utf-8")


if __name__ == "__main__":
    main()
