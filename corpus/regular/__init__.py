"""The lines that a reader gave, made regular: encodings, marks, furniture, paragraphs. Imports of ours: corpus alone."""
