"""Measurements of the machinery, side by side in one run: ratios, never absolute times to be kept."""
