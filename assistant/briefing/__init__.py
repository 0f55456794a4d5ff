"""Answers taken out as a briefing note: every sentence with its footnote, every footnote with its exact words."""
