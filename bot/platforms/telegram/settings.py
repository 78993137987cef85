"""What Telegram's folder reads from the environment: ZHIBU_TELEGRAM_…"""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.platforms import Incomplete


def without_slash(address: str) -> str:
    return address.rstrip("/")


def without_space(secret: SecretStr) -> SecretStr:
    return SecretStr(secret.get_secret_value().strip())


def possible(secret: SecretStr) -> SecretStr:
    """ValueError for what Telegram would not take."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret.get_secret_value()):
        raise ValueError("must be at most 256 of A-Za-z0-9_-")
    return secret


Trimmed = Annotated[SecretStr, AfterValidator(without_space)]


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="ZHIBU_TELEGRAM_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    token: Trimmed = SecretStr("")
    """From @BotFather."""
    secret: Annotated[Trimmed, AfterValidator(possible)] = SecretStr("")
    """What Telegram shows with every push, as it was told at `setWebhook`: 1–256 of
    `A-Za-z0-9_-`. Needed for webhooks only."""
    mode: Literal["webhook", "polling"] = "webhook"
    """`polling` needs no address that Telegram can reach."""
    api_base: Annotated[str, AfterValidator(without_slash)] = "https://api.telegram.org"
    """Where the Bot API is; a local server can stand in for it."""

    def complete(self) -> bool:
        """False when nothing is configured. Raises `Incomplete` when something is missing.

        Mode and address alone want nothing: both have a sensible value of their own.
        """
        if not (self.token or self.secret):
            return False
        missing = [] if self.token else ["ZHIBU_TELEGRAM_TOKEN"]
        if self.mode == "webhook" and not self.secret:
            missing.append("ZHIBU_TELEGRAM_SECRET")  # else anyone could speak in anyone's name
        if missing:
            raise Incomplete(*missing)
        return True
