"""What the page posts, checked and understood."""

import hashlib
import re
from datetime import datetime
from typing import Self, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.messages import Incoming, Kind
from bot.platforms.webchat.render import No
from bot.platforms.webchat.visitors import Visitor
from bot.webhooks import Request

P = TypeVar("P", bound=BaseModel)

_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


class Posted(BaseModel):
    """One message of the page: words, or a button, or a scanned scene, or a first hello."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    id: str = Field(pattern=r"^[A-Za-z0-9_-]{22,64}$")
    """Made by the page: at least 128 random bits, the same each time this message is sent."""
    who: str = Field(default="", max_length=16)
    """As whom it was written."""
    text: str = Field(default="", max_length=2000)
    voice: bool = False
    tap: str = Field(default="", max_length=64)
    scene: str = Field(default="", max_length=128)
    hello: bool = False

    @model_validator(mode="after")
    def says_one_thing(self) -> Self:
        said = [self.text.strip(), self.tap, self.scene, self.hello]
        if sum(map(bool, said)) != 1:
            raise ValueError("exactly one of text, tap, scene, hello")
        return self

    def incoming(self, visitor: Visitor, now: datetime) -> Incoming:
        """`now` is when it arrived: a clock that its owner can set decides nothing."""
        return Incoming(
            id=_message_id(visitor, self.id),
            sender=visitor.address,
            at=now,
            kind=Kind.FOLLOW if self.hello else Kind.MESSAGE,
            text=_UNSEEN.sub("", self.text).strip(),
            tap=_UNSEEN.sub("", self.tap),
            scene=_UNSEEN.sub("", self.scene),
            voice=self.voice,
        )


class Chosen(BaseModel):
    """Whom the visitor wants to be; empty: a newcomer."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    be: str = Field(default="", max_length=32)


def opened(request: Request, kind: type[P]) -> P:
    """The body, if our own page posted it. `No` for what another site made the browser send:
    browsers name the site in Sec-Fetch-Site, but only over https; elsewhere Origin must be us.
    A form cannot post JSON, so the type is asked for as well.
    """
    if request.method != "POST":
        raise No(405, "POST")
    if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
        raise No(415, "application/json")
    site = request.headers.get("sec-fetch-site")
    if site is None:
        origin = urlsplit(request.headers.get("origin", "")).netloc
        site = "same-origin" if origin and origin == request.headers.get("host") else "unknown"
    if site != "same-origin":
        raise No(403, "not our page")
    try:
        return kind.model_validate_json(request.body)
    except ValidationError as error:
        raise No(400, "; ".join(one["type"] for one in error.errors())) from None


def asked_by_our_page(request: Request) -> None:
    """The same for reading, where browsers send no Origin: `No` to a link from elsewhere."""
    if request.method != "GET":
        raise No(405, "GET")
    if request.headers.get("sec-fetch-site", "same-origin") != "same-origin":
        raise No(403, "not our page")


def _message_id(visitor: Visitor, given: str) -> str:
    # Bound to its sender: whoever learns an id of somebody else cannot ask for their answer.
    return hashlib.sha256(f"{visitor.address.user} {given}".encode()).hexdigest()
