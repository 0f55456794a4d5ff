"""A question answered: understood, retrieved, composed, verified. Imports index and corpus; holds the composition root."""
