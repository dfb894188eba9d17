"""How high is what a finger chooses, in a browser."""

HIGH = 3
"""Rows of the screen."""
