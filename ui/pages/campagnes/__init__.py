"""The campaigns: read, compared, copied, changed."""
