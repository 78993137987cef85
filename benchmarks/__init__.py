"""Measurements, side by side with others in one run: trust the ratios, not the absolute figures."""
