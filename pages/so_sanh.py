"""So sánh: how do the authorities of one place compare?"""

from dunghen import questions
from dunghen.ui import frame
from dunghen.ui.comparison import change, choice, exhibits, left_out, side_by_side

scope = frame.scope_or_stop("compare", parent_code=questions.NATION)
place = frame.authority_or_stop(scope.parent_code, field="trong")
frame.menu(place)
settled = choice.settle_or_stop(scope, place)
answer = questions.ask("comparison_by_authority", settled)
group = questions.ask("group_by_comparison", settled).rows[0]
exhibits.show_title(place, group)
choice.choose(settled)
exhibits.show_bands(answer)
exhibits.show_facts(group)
choice.say_other_period_of(place, settled)
exhibits.show_pair(answer, group)
change.show_change(answer)
side_by_side.show_side_by_side(answer, group)
exhibits.show_table(answer)
left_out.show_left_out(answer)
choice.link_to_this(settled)
frame.footer(place)
