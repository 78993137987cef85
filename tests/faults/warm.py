"""Loaded where victims are forked from: what each of them would make first is made once."""

from bot import app
from bot.platforms.telegram import receive as telegram_receive
from bot.platforms.wecom import receive, send

app.understander()
WARM = (telegram_receive, receive, send)
