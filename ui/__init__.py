"""The Qt face of ESMS Desktop."""
