"""Backups: taken, kept, brought back."""
