"""Tổng quan: how are we doing, and where is mine?"""

from dunghen.ui import address, frame, overview
from dunghen.ui.search_box import search_box

frame.menu(None)
frame.title(address.text("overview.heading"), note=address.text("overview.lead"))
search_box(key="main", prominent=True)
nation = overview.settled_nation()
overview.show_nation(nation)
overview.show_doors()
overview.show_newest()
overview.show_provinces(nation)
overview.show_who_has_figures()
frame.footer()
