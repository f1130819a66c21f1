from dunghen.ui import address, frame, screen

scope = address.read_scope(parent_code="VN")
turning = screen.read_turning()
place = frame.authority_or_stop(scope.parent_code, field="trong")
screen.wall(place, scope, turning)
