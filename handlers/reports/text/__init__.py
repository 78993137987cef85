"""How numbers, circulars and tables are spoken of."""
