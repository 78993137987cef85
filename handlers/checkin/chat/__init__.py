"""What is said, by members and by those who organise."""

from bot.routing import Router
from handlers.checkin.chat import checking_in, record, requests

router = Router()
for part in (checking_in, requests, record):
    router.include(part.router)
