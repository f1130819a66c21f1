"""The citizen's fast door: light pages rendered here, complete without script in one small answer."""
