"""Passages made searchable: encoder, catalogue, Chroma, Tantivy, fusion. Imports corpus."""
