"""The secretary's desk: what is seen better than said, and the screen in the room.

Mounted by `bot/app.py` in the same process. Everything it does goes through the actions that chat
goes through.
"""
