"""The only room that imports streamlit: the menu, the frame of a page, choosers and exhibits."""
