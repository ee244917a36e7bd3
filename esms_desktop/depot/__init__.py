"""The filing: one file per piece, the bundle, the ZIP, the manifest, and the proof that they are what they say."""
