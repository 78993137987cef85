"""What is decided about contests, on plain values."""
