from dunghen.ui import frame, screen

scope = frame.scope_or_stop("screen", parent_code="VN")
turning = screen.read_turning()
place = frame.authority_or_stop(scope.parent_code, field="trong")
screen.wall(place, scope, turning)
