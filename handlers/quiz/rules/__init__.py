"""What is decided about study, on plain values."""
