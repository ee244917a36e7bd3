"""The documents the application makes, one file each, that registers itself."""
