"""What members say about study."""

from bot.routing import Router
from handlers.quiz.chat import answering, asking, doubting, joining, progress

router = Router()
for part in (asking, answering, joining, progress, doubting):
    router.include(part.router)
