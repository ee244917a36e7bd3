"""What is printed: one tree of content per document, and the renderer that makes a PDF of it."""
