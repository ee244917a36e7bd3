"""The core of ESMS Desktop: everything the application knows and does, without a window."""

__version__ = "0.1.0"
