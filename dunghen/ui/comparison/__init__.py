"""The page So sánh: what is compared, the exhibits, a few side by side, and who is left out."""
