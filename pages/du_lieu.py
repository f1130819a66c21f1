"""Dữ liệu: can I trust it, and have it?"""

from dunghen.ui import address, frame
from dunghen.ui.data import sections

frame.menu(None)
frame.title(address.text("data.heading"), note=address.text("data.lead"))
sections.show_section()
frame.footer()
