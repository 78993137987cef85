"""The words every platform shares: what we hear (`Incoming`) and what we say (`Reply`)."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Literal, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field


class Address(NamedTuple):
    """Where a person can be reached: one account on one platform.

    `platform` names our own account there ("wechat"); a second official account is configured
    under a second name, so equal user ids of two accounts never meet.
    """

    platform: str
    user: str


MessageKey = tuple[str, str]
"""Platform and message id."""


def by_platform(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Addresses or message keys as platform and the users or ids on it."""
    found: dict[str, list[str]] = {}
    for platform, each in pairs:
        found.setdefault(platform, []).append(each)
    return found


class Tap(BaseModel):
    """What a button means. Subclasses are typed; on the wire they are a short string."""

    model_config = ConfigDict(frozen=True)
    prefix: ClassVar[str]

    def __init_subclass__(cls, *, prefix: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.prefix = prefix

    def pack(self) -> str:
        """At most 64 bytes (Telegram's limit, the tightest of our platforms), or ValueError."""
        packed = ":".join([self.prefix, *(str(v) for v in self.model_dump(mode="json").values())])
        if len(packed.encode()) > 64:
            raise ValueError(f"tap does not fit into 64 bytes: {packed}")
        return packed

    @classmethod
    def unpack(cls, packed: str) -> Self:
        """ValueError when the program was updated since the button was shown."""
        _, *values = packed.split(":")
        return cls.model_validate(dict(zip(cls.model_fields, values, strict=True)))


class Say(Tap, prefix="say"):
    """The button means the same as saying `words`: how one capability offers another's command."""

    words: str


class Dialog(BaseModel):
    """An unfinished conversation, kept as data so that it survives a restart.

    Subclasses add a field for everything learnt so far; `step` names the question
    that is waiting for an answer.
    """

    model_config = ConfigDict(frozen=True)
    name: ClassVar[str]
    step: str

    def __init_subclass__(cls, *, name: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        cls.name = name

    def at(self, step: str, **learnt: Any) -> Self:
        return self.model_copy(update={"step": step, **learnt})


class Button(BaseModel):
    label: str
    tap: str
    """A packed `Tap`."""


def button(label: str, tap: Tap) -> Button:
    return Button(label=label, tap=tap.pack())


class Reply(BaseModel):
    """What the bot says. Platforms render it as richly as they can, down to plain text."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    text: str
    title: str = ""
    fields: dict[str, str] = Field(default_factory=dict)
    buttons: list[Button] = Field(default_factory=list)
    in_group: str = ""
    """What may be said where others listen. Everything else is private: asked for in a group,
    a reply without it is answered by a pointer to the private chat."""
    picture: bytes = b""
    """A PNG to show above the text; `text` says the same for those who cannot see it."""
    again: str = ""
    """What a second delivery of the same message is told, where the answer must not be kept
    (an invite code); empty: the same once more."""
    then: Dialog | None = None
    """The dialog to wait in; None ends any dialog."""

    @property
    def to_keep(self) -> "Reply":
        """What may be stored of it."""
        return Reply(text=self.again) if self.again else self


class Kind(StrEnum):
    """What reached us, where it is more than words."""

    MESSAGE = "message"
    """Words, or a button."""
    FOLLOW = "follow"
    """Someone has begun to follow us, or opened the chat for the first time."""
    UNFOLLOW = "unfollow"
    """Someone has left or blocked us: nothing can be sent there until they return."""
    PLACE = "place"
    """A position was sent unasked. It is dropped at the edge: none is ever needed."""
    OTHER = "other"
    """A picture, a file, a sticker: something a person sent that we do not read."""
    NEWS = "news"
    """The platform itself tells us something about the sender, who has said nothing."""


class Ended(NamedTuple):
    """How a message ended that the platform had taken."""

    receipt: str
    """How it was called when it was taken."""
    how: Literal["reached", "blocked", "failed"]


class Agreed(NamedTuple):
    """They let us say one more thing by this template; not `more`: nothing any more."""

    template: str
    more: bool


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """What a person said or tapped, after its platform has checked the signature."""

    id: str
    """The same for every delivery of one message, unique within `sender.platform`."""
    sender: Address
    at: datetime
    """When it was said, by the platform's clock where it has one; aware."""
    account: str = ""
    """Our own account as the platform calls it, where an answer must name it."""
    kind: Kind = Kind.MESSAGE
    text: str = ""
    tap: str = ""
    """The packed `Tap` of the button that was pressed."""
    scene: str = ""
    """What a scanned QR code or a deep link carries."""
    voice: bool = False
    """The text was spoken, and recognised by the platform."""
    group: str = ""
    """The group chat it was said in; empty in private."""
    news: tuple[Ended | Agreed, ...] = ()
    """What the platform tells us, where the kind says so."""
    brought: tuple[Any, ...] = field(default=(), compare=False, repr=False)
    """What has been looked up for it beside the writer (`Context.read_beside`), in order."""

    @property
    def key(self) -> MessageKey:
        return self.sender.platform, self.id


class Matter(NamedTuple):
    """Something that is owed: one line of a morning message, with the tap that settles it."""

    text: str
    due: date
    button: Button | None = None
    news: bool = True
    """Worth a message by itself; otherwise it is only said along with what is."""
    about: str = ""
    """The record: duty:123, task:5."""


class SendFailed(Exception):
    """A message was not delivered, or may not have been.

    `permanent` means: this address will never take it. `retry_after` is the wait that the
    platform itself asked for. `uncertain` means: the platform may have taken it (a timeout after
    the request left, a reset, a 5xx without a body). `poison` means: it is this message that the
    platform will not have. None of them: the platform cannot be used just now, by nobody.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        retry_after: timedelta | None = None,
        uncertain: bool = False,
        poison: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent
        self.retry_after = retry_after
        self.uncertain = uncertain
        self.poison = poison


class WindowClosed(SendFailed):
    """The platform takes nothing for this address until the person does something there."""


class NotAgreed(WindowClosed):
    """They have not agreed to such a message there, or have had as many as they agreed to."""


class StaysShown(SendFailed):
    """What was shown can be neither taken back nor changed any more."""


class NotThere(SendFailed):
    """Nobody has it open just now; nothing was sent."""


class Refusal(Exception):
    """The member asked for something that cannot be had; the text tells them why."""


Ask = Callable[[Incoming], Awaitable[Reply | None]]
"""Answers after what the answer promises is committed.

None: nothing is to be said now, because the answer follows later, or because none is due.
Raises `Busy` when the message was not taken.
"""


class Busy(Exception):
    """The message could not be taken: not acknowledged, so that the platform brings it again."""


class NotAnAnswer(Exception):
    """What was said does not answer the question that waits. It is taken as a wish of its own;
    where it is none, `otherwise` is said, or what is said to any words that are not understood."""

    def __init__(self, otherwise: Reply | None = None) -> None:
        super().__init__(otherwise.text if otherwise else "")
        self.otherwise = otherwise
