"""What is done: called from chat, and from the secretary's console."""
