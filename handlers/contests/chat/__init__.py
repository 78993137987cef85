"""What players and organisers say."""

from bot.routing import Router
from handlers.contests.chat import playing, running, standing

router = Router()
for part in (playing, standing, running):
    router.include(part.router)
