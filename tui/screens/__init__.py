"""The Textual screens, one module a screen with its styles beside it."""
