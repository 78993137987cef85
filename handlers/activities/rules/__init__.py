"""What is decided, on plain values."""
