"""Đơn vị: how does this authority do?"""

from dunghen.ui import address, frame
from dunghen.ui.authority import listing, page

scope = frame.scope_or_stop("authority")
authority = frame.authority_or_stop(scope.authority_code, field="ma") if scope.authority_code else None
frame.menu(authority)
if authority is None:
    frame.title(address.text("authority.listing.heading"))
    listing.show(scope)
else:
    frame.title(authority["authority_name"], authority, page.identity(authority))
    page.show(authority, scope)
frame.footer(authority)
