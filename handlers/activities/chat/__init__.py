"""What is said, by members and by those who arrange."""

from bot.routing import Router
from handlers.activities.chat import arranging, changing, listing, signing_up

router = Router()
for part in (listing, signing_up, arranging, changing):
    router.include(part.router)
