"""How study is worded."""
