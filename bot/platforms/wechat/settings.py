from typing import Literal

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.platforms.tencent.settings import all_given
from bot.platforms.wechat.templates import Template


class Settings(BaseSettings):
    """The official account, as its settings page at mp.weixin.qq.com shows it."""

    model_config = SettingsConfigDict(
        env_prefix="ZHIBU_WECHAT_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    app_id: str = ""
    app_secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    """Chosen by us, and entered there."""
    aes_key: SecretStr = SecretStr("")
    """EncodingAESKey, 43 characters."""
    mode: Literal["safe", "plain"] = "safe"
    """Plain mode lets whoever has seen one visit forge messages: only for trying things out."""
    templates: dict[str, Template] = {}
    """Kind of letter, or `*`, to what says it while a member's window is shut; in JSON."""
    api_base: str = "https://api.weixin.qq.com"
    """A local stand-in may take WeChat's place."""

    def complete(self) -> bool:
        """False when nothing is configured. Raises `Incomplete` when something is missing."""
        needed = {"APP_ID": self.app_id, "APP_SECRET": self.app_secret, "TOKEN": self.token}
        if self.mode == "safe":
            needed["AES_KEY"] = self.aes_key
        return all_given("ZHIBU_WECHAT_", needed)
