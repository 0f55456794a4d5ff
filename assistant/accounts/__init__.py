"""Accounts: who may use the server and for what, how they prove it, and what is written down of it."""
