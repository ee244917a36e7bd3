"""The renderer that draws a tree in PDF."""
