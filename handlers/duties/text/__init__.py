"""How duties are worded."""
