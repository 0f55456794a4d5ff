"""The HTTP API on the page's own application: ask, search, read; the OpenAI protocol; its description and docs."""
