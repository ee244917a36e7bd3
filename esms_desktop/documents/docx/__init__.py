"""The renderer that writes a tree in Word."""
