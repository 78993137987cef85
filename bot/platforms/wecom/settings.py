from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.platforms.tencent.settings import all_given


class Settings(BaseSettings):
    """The app, as its page at work.weixin.qq.com shows it."""

    model_config = SettingsConfigDict(
        env_prefix="ZHIBU_WECOM_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    corp_id: str = ""
    agent_id: int = 0
    secret: SecretStr = SecretStr("")
    token: SecretStr = SecretStr("")
    aes_key: SecretStr = SecretStr("")
    """EncodingAESKey, 43 characters; like the token, from 「接收消息」 on that page."""
    api_base: str = "https://qyapi.weixin.qq.com"
    """A local stand-in may take WeCom's place."""

    def complete(self) -> bool:
        """False when nothing is configured. Raises `Incomplete` when something is missing."""
        needed = {
            "CORP_ID": self.corp_id,
            "AGENT_ID": self.agent_id,
            "SECRET": self.secret,
            "TOKEN": self.token,
            "AES_KEY": self.aes_key,
        }
        return all_given("ZHIBU_WECOM_", needed)
