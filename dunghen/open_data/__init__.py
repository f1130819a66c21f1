"""Open data: the API under /api/v1/, the box to embed, the addresses that machines look for.

`routes` joins the server in app.py. Every address asks the same questions as the pages."""

from __future__ import annotations

from starlette.routing import Route

from dunghen.addresses import EMBEDDED
from dunghen.open_data import box, site_files
from dunghen.open_data.door import Door, answer_csv, answer_file, answer_json
from dunghen.open_data.endpoints import DOWNLOADS, ENDPOINTS, OPENAPI

# The .csv addresses come first: the code of an authority may hold a dot.
routes: list[Route] = [
    *(Route(f"{one.path}.csv", Door(answer_csv(one))) for one in ENDPOINTS if one.has_csv),
    Route(OPENAPI, Door(site_files.api_description)),
    *(Route(one.path, Door(answer_json(one))) for one in ENDPOINTS),
    *(Route(one.path, Door(answer_file(one))) for one in DOWNLOADS),
    Route("/healthz", Door(site_files.health)),
    Route("/robots.txt", Door(site_files.robots)),
    Route(site_files.SITEMAP, Door(site_files.sitemap)),
    Route(f"{EMBEDDED}{{authority_code}}.svg", Door(box.as_picture)),
    Route(f"{EMBEDDED}{{authority_code}}.json", Door(box.as_data)),
    Route(f"{EMBEDDED}{{authority_code}}", Door(box.as_html)),
]
