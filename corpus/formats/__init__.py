"""Readers of files: what stands where, one module for each format. `reading` is the way in."""
