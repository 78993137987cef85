"""What the environment, or a file `.env`, may set. Platforms have settings of their own."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Each is `ZHIBU_` and the name in capitals; `.env.example` explains them."""

    model_config = SettingsConfigDict(env_prefix="ZHIBU_", env_file=".env", extra="ignore")

    database_url: str = "sqlite:///data/zhibu.db"
    host: str = "127.0.0.1"
    port: int = 8600
    timezone: str = "Asia/Shanghai"
    public_url: str = ""
    """The address that members reach us by; deep links and QR codes are made from it."""
    telegram_bot: str = ""
    """The name of the Telegram bot, for the same."""
    platforms: str = ""
    """Which to connect, separated by commas; empty: every one that is configured."""
    demo: bool | None = None
    """Whether one may choose whom to be in the web chat. Unset: while the database holds the
    demo organisation and listens only to this machine."""
    key_file: str = ""
    """The key that the secrets of console codes are kept under; empty: beside the database."""
    trusted_proxies: str = "127.0.0.1,::1"
    """Whose word counts for where a request comes from, separated by commas."""
    rules: str = ""
    """The file of duty rules, where the deployment has its own copy; empty: ours."""
    log_level: str = "INFO"
