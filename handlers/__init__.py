"""What the assistant can do: one folder a capability.

chat.py (what is said), actions.py (what is done), rules.py (what is decided),
text.py (how it is worded) and heard.py (how members ask for it).
"""
