"""Tiêu chí: where are the index points lost?"""

from dunghen import questions
from dunghen.ui import address, frame
from dunghen.ui.criteria import page

scope = frame.scope_or_stop("criteria")
asked = scope.authority_code or scope.parent_code or questions.NATION
place = frame.authority_or_stop(asked, field="ma" if scope.authority_code else "trong")
frame.menu(place)
frame.title(address.text("criteria.heading", name=place["authority_name"]), place)
if scope.authority_code is not None:
    page.show_authority(place, scope)
else:
    page.show_within(place, scope)
frame.footer(place)
