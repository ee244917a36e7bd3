"""What opens a base: its key, its slots, its recovery code."""
