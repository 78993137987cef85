"""What Telegram's folder reads from the environment: ZHIBU_TELEGRAM_…"""

from typing import Annotated, Literal

from pydantic import AfterValidator, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.platforms import Incomplete


def without_slash(address: str) -> str:
    return address.rstrip("/")


class Settings(BaseSettings):
    model_config = SettingsConfigDict(
        env_prefix="ZHIBU_TELEGRAM_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        str_strip_whitespace=True,
        hide_input_in_errors=True,
    )

    token: SecretStr = SecretStr("")
    """From @BotFather."""
    secret: SecretStr = SecretStr("")
    """What Telegram shows with every push, as it was told at `setWebhook`: 1–256 of
    `A-Za-z0-9_-`. Needed for webhooks only."""
    mode: Literal["webhook", "polling"] = "webhook"
    """`polling` needs no address that Telegram can reach."""
    api_base: Annotated[str, AfterValidator(without_slash)] = "https://api.telegram.org"
    """Where the Bot API is; a local server can stand in for it."""


def configured() -> Settings | None:
    """None when Telegram is not wanted; `Incomplete` when a part of it is missing.

    Mode and address alone want nothing: both have a sensible value of their own.
    """
    settings = Settings()
    if not (settings.token or settings.secret):
        return None
    missing = [] if settings.token else ["ZHIBU_TELEGRAM_TOKEN"]
    if settings.mode == "webhook" and not settings.secret:
        missing.append("ZHIBU_TELEGRAM_SECRET")  # else anyone could speak in anyone's name
    if missing:
        raise Incomplete(*missing)
    return settings
