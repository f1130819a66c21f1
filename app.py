"""The server, joined here and nowhere else: the pages, the light pages, the open data and what guards them.

`streamlit run app.py` imports this file once, as the module `app`, and serves `app`. For every visit it then
runs the same file again as a script (`__main__`), which shows the page that the address asks for."""

from pathlib import Path

import streamlit as st

from dunghen.ui import failure, menu

if __name__ == "__main__":
    menu.show_page()
else:
    from streamlit.runtime.pages_manager import PagesManager

    from dunghen import illustration, open_data, publishing, questions
    from dunghen.light.routes import routes as light_routes
    from dunghen.serving import StartError, site

    # st.navigation says so at its first call; until then the first visitor would be told "page not found"
    PagesManager.uses_pages_directory = False
    try:
        joined = site(
            static_folder=Path(st.__file__).parent / "static",
            read_option=st.get_option,
            routes=[*light_routes, *open_data.routes],
            prepare=[publishing.ensure_published, questions.warm_up],
            title_of=illustration.title_of,
        )
    except StartError as error:
        raise SystemExit(str(error)) from error
    app = st.App(
        __file__,
        routes=joined.routes,
        middleware=joined.middleware,
        lifespan=joined.lifespan,
        on_script_error=failure.show_failure,
        exception_handlers=joined.exception_handlers,
    )
