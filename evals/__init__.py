"""Benchmarks: cases, metrics, fitting and timing. Imports assistant, index and corpus."""
