"""What an update of Telegram looks like, as far as we look at it.

Only what is declared here is ever read. What else an update holds, a position or a telephone
number above all, is dropped on the way in and reaches nobody.
"""

from typing import Annotated, NamedTuple

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

Given = Annotated[bool, BeforeValidator(lambda value: value is not None)]
"""That there was something, never what."""


class Unreadable(ValueError):
    """Not an update of Telegram, or of a Telegram that we do not know."""


class Me(NamedTuple):
    """The bot, as Telegram calls it."""

    id: int
    name: str
    """Without @; empty until it was asked for."""


class Wire(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="ignore", hide_input_in_errors=True)


class Person(Wire):
    id: int
    is_bot: bool = False


class Chat(Wire):
    id: int
    type: str

    @property
    def is_group(self) -> bool:
        return self.type in {"group", "supergroup"}


class Entity(Wire):
    """A part of a text that means something: a command, a name. In UTF-16 units."""

    type: str
    offset: int = Field(ge=0)
    length: int = Field(ge=0)
    user: Person | None = None


class Quoted(Wire):
    sender: Person | None = Field(default=None, alias="from")


class Message(Wire):
    message_id: int
    date: int
    chat: Chat
    sender: Person | None = Field(default=None, alias="from")
    text: str = ""
    entities: list[Entity] = []
    reply_to_message: Quoted | None = None
    location: Given = False
    """Also of a venue, and of a position that is shared for hours."""
    animation: Given = False
    audio: Given = False
    checklist: Given = False
    contact: Given = False
    dice: Given = False
    document: Given = False
    game: Given = False
    paid_media: Given = False
    photo: Given = False
    poll: Given = False
    sticker: Given = False
    story: Given = False
    video: Given = False
    video_note: Given = False
    voice: Given = False
    """Telegram recognises no speech for bots."""

    @property
    def shows_something(self) -> bool:
        """Something a person sent that we do not read; not Telegram's own news of a chat."""
        return any(getattr(self, name) is True for name in type(self).model_fields)


class Where(Wire):
    chat: Chat


class Pressed(Wire):
    """A button. What Telegram tells of the message it hangs on may be little, or nothing."""

    id: str
    sender: Person = Field(alias="from")
    message: Where | None = None
    data: str = ""


class Standing(Wire):
    status: str


class Membership(Wire):
    chat: Chat
    sender: Person = Field(alias="from")
    date: int
    new: Standing = Field(alias="new_chat_member")


class Update(Wire):
    update_id: int
    message: Message | None = None
    edited_message: Message | None = None
    callback_query: Pressed | None = None
    my_chat_member: Membership | None = None

    @property
    def speaker(self) -> int:
        """Whose it is; 0 for what nobody said."""
        said = self.message or self.edited_message or self.callback_query or self.my_chat_member
        return said.sender.id if said and said.sender else 0


def read(update: object) -> Update:
    """Raises `Unreadable`, with nothing of what was said in its text."""
    try:
        return Update.model_validate(update)
    except ValidationError as error:
        places = {".".join(map(str, one["loc"])) for one in error.errors(include_input=False)}
        raise Unreadable("not understood: " + ", ".join(sorted(places))) from None
