"""How tasks are worded."""
