"""How contests are worded."""
