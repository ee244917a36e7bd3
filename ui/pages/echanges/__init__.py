"""Dossiers as files, in the window: out, in, again for another campaign, brought together."""
