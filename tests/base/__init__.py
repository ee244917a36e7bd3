"""The gestures the window and the terminal share, through a real base."""
