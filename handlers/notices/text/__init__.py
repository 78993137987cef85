"""How notices are worded."""
