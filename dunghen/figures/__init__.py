"""Figures: rows of an answer as plotly figures, plain dicts; pure, no arithmetic beyond placing marks."""
