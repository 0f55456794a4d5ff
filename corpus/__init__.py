"""Documents: read, structured, addressed, dated. Imports nothing of ours."""
