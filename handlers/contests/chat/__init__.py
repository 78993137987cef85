"""What players and organisers say."""

from bot.routing import Router
from handlers.contests.chat import planning, playing, running, standing

router = Router()
for part in (playing, standing, running, planning):
    router.include(part.router)
