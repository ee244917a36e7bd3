"""Whole dossiers, whatever a person may enter: drawn by chance, then filed."""
