"""The server around the pages: what it answers, what it refuses, and how it starts.

`site(…)` gives `app.py` everything that `st.App` joins: routes, middleware, lifespan and error pages.
Nothing here imports streamlit: `app.py` hands in where its files lie and how its options are read."""

from dunghen.serving.errors import StartError
from dunghen.serving.site import Site, site

__all__ = ["Site", "StartError", "site"]
