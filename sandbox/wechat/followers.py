"""Who follows the account, and what it may say to each of them unasked."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sandbox.wechat.errors import Refused

HOURS_48 = 48 * 3600.0
BY_MESSAGE = (5, HOURS_48)
BY_CLICK = (3, 60.0)
"""Messages, and seconds: what a message of theirs gives, and what a click, a follow, a scan."""
A_MONTH = 4
"""Mass messages that a follower receives in a calendar month."""


@dataclass
class Credit:
    left: int = 0
    until: float = float("-inf")


@dataclass
class Follower:
    openid: str
    following: bool = True
    refuses: bool = False
    """They have switched off 接收消息."""
    message: Credit = field(default_factory=Credit)
    click: Credit = field(default_factory=Credit)
    loses: int = 0
    """Of the next template messages to them so many get lost in WeChat's own system."""
    consents: Counter[str] = field(default_factory=Counter)
    """Subscription notices that they agreed to, by template."""
    mass: Counter[str] = field(default_factory=Counter)
    """Mass messages by month."""

    def wrote(self, now: float) -> None:
        self.message = Credit(BY_MESSAGE[0], now + BY_MESSAGE[1])

    def clicked(self, now: float) -> None:
        self.click = Credit(BY_CLICK[0], now + BY_CLICK[1])

    def spend(self, now: float) -> None:
        """For one message unasked. Raises `Refused`."""
        if not self.following:
            raise Refused(45015)
        open_now = [each for each in (self.click, self.message) if each.until > now]
        if not open_now:
            raise Refused(45015)
        if self.refuses:
            raise Refused(48002)
        for each in open_now:
            if each.left:
                each.left -= 1
                return
        raise Refused(45047)

    def leave(self) -> None:
        self.following = False
        self.message, self.click = Credit(), Credit()


@dataclass
class Followers:
    by_openid: dict[str, Follower] = field(default_factory=dict)

    def meet(self, openid: str) -> Follower:
        return self.by_openid.setdefault(openid, Follower(openid, following=False))

    def named(self, openid: object) -> Follower:
        """Raises `Refused` when nobody ever followed under that name."""
        found = self.by_openid.get(str(openid))
        if found is None:
            raise Refused(40003)
        return found

    def __iter__(self) -> Iterator[Follower]:
        return (each for each in self.by_openid.values() if each.following)
