"""Tests of what follows scoring: signing, objections, amendments, the final word."""
