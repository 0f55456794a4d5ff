"""Conversations that are kept: whole answers in SQL, each row with the name of its user, and what users say of them."""
