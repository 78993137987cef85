"""What binding does: called from chat, and from the secretary's console."""
