"""How questions are read from files of strangers, and written back."""
