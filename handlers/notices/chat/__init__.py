"""What is said about notices."""

from bot.routing import Router
from handlers.notices.chat import courtesy, following, publishing, reaching, rereading

router = Router()
for each in (publishing, following, courtesy, reaching, rereading):
    router.include(each.router)
