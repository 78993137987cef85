"""What is done about numbers, circulars and tables."""
