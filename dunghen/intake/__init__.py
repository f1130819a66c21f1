"""Intake: files of an office → checked rows without personal data → private store → public roll-ups."""
