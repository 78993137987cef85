"""What is said, by members and by those who organise."""

from bot.routing import Router
from handlers.checkin.chat import checking_in, opening, record, requests, roll_call, status

router = Router()
for part in (checking_in, requests, record, opening, status, roll_call):
    router.include(part.router)
