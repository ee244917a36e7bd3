"""Pieces of screen every page is made of."""
