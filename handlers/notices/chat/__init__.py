"""What is said about notices."""

from bot.routing import Router
from handlers.notices.chat import courtesy, following, publishing, reaching

router = Router()
for each in (publishing, following, courtesy, reaching):
    router.include(each.router)
