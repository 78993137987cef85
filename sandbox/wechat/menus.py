"""The account's own menu, with its limits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sandbox.values import Json
from sandbox.wechat.errors import Refused

KINDS = frozenset(
    {
        "click", "view", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album",
        "pic_weixin", "location_select", "media_id", "view_limited", "miniprogram", "article_id",
    }
)  # fmt: skip


@dataclass
class Menus:
    menu: Json | None = None

    def calls(self) -> dict[str, Callable[[Json], Json]]:
        return {
            "menu/create": self.create,
            "menu/get": self.get,
            "menu/delete": self.delete,
            "get_current_selfmenu_info": self.current,
        }

    def create(self, asked: Json) -> Json:
        check(asked.get("button"), most=3, size=40016, name=(16, 40018))
        self.menu = {"button": asked["button"]}
        return {}

    def get(self, asked: Json) -> Json:
        if self.menu is None:
            raise Refused(46003)
        return {"menu": self.menu}

    def delete(self, asked: Json) -> Json:
        self.menu = None
        return {}

    def current(self, asked: Json) -> Json:
        return {"is_menu_open": int(self.menu is not None), "selfmenu_info": self.menu or {}}


def check(buttons: object, *, most: int, size: int, name: tuple[int, int]) -> None:
    """Raises `Refused` with the code of what is wrong."""
    if not isinstance(buttons, Sequence) or not 1 <= len(buttons) <= most:
        raise Refused(size)
    for each in buttons:
        longest, code = name
        if not 0 < len(str(each.get("name", "")).encode()) <= longest:
            raise Refused(code)
        if each.get("sub_button"):
            check(each["sub_button"], most=5, size=40023, name=(60, 40025))
        else:
            check_one(each)


def check_one(button: Json) -> None:
    if button.get("type") not in KINDS:
        raise Refused(40017)
    if len(str(button.get("key", "")).encode()) > 128:
        raise Refused(40019)
    if len(str(button.get("url", "")).encode()) > 1024:
        raise Refused(40020)
