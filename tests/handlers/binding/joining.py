"""What the tests of binding say again and again."""

import re

from sqlalchemy import func, select

from storage.members import Member, Membership, changed
from tests.world import LONG_AGO, Talker, World

LINKS = {
    "webchat": "https://zhibu.example/chat#s={scene}",
    "telegram": "https://t.me/b?start={scene}",
}


def secretary(world: World) -> Talker:
    return world.talker("李书记")


def on_the_roster(world: World, name: str, branch: str = "B1", id: str = "") -> str:
    """A member without any account."""
    with world.database.unit_of_work() as db:
        db.add(Member(id=id or name, name=name))
        db.flush()
        db.add(Membership(member_id=id or name, branch_id=branch, since=LONG_AGO))
        changed(db)
    return id or name


def code_in(answer: str) -> str:
    [code] = re.findall(r"^\w{5} \w{5}$", answer, re.M)
    return str(code)


def invited(world: World, name: str) -> str:
    return code_in(secretary(world).says(f"邀请 {name}"))


def rows(world: World, model: type) -> int:
    with world.database.reading() as db:
        return int(db.execute(select(func.count()).select_from(model)).scalar_one())


def join(old: Talker, new: Talker) -> None:
    new.says(code_in(old.says("绑定新设备")))
    new.says("同意")
    old.says("确认绑定")
    assert "已绑定" in old.taps("确认绑定")
