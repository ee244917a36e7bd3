"""What a document says, whatever it is drawn with: its tree, its fields, its texts, its gaps."""
