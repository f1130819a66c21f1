"""The page Dữ liệu, section by section: can I trust it, and have it?"""
