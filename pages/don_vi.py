"""Đơn vị: how does this authority do?"""

from dunghen.ui import address, frame
from dunghen.ui.authority import listing, page

scope = frame.scope_or_stop("authority")
if scope.authority_code is None:
    frame.menu(None)
    frame.title(address.text("authority.listing.heading"))
    listing.show(scope)
else:
    authority = frame.authority_or_stop(scope.authority_code, field="ma")
    frame.menu(authority)
    frame.title(authority["authority_name"], authority, page.identity(authority))
    page.show(authority, scope)
frame.footer()
