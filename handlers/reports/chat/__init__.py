"""What is said about circulars, tables and calendars."""

from bot.routing import Router
from handlers.reports.chat import calendars, circulars, exporting

router = Router()
for each in (circulars, exporting, calendars):
    router.include(each.router)
