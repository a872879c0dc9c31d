"""Short forms of English given names, as data."""

from __future__ import annotations

_FORMS = """
abby abigail|al albert alan alexander|alex alexander|andy andrew|angie angela|ben benjamin|bernie bernard|beth elizabeth
bill william|bob robert|bobby robert|cathy catherine|charlie charles|chris christopher|chuck charles|dan daniel|danny daniel
dave david|deb deborah|debbie deborah|dick richard|don donald|doug douglas|ed edward|eddie edward|fred frederick|gabe gabriel
greg gregory|jack john|jake jacob|jeff jeffrey|jen jennifer|jenny jennifer|jerry gerald|jess jessica|jim james|jimmy james
joe joseph|joey joseph|jon jonathan|josh joshua|kate katherine|kathy katherine|ken kenneth|kim kimberly|larry lawrence
liz elizabeth|maggie margaret|matt matthew|meg margaret|mick michael|mike michael|mitch mitchell|nate nathan|nick nicholas
pam pamela|pat patrick|pete peter|phil philip|ray raymond|rich richard|rick richard|rob robert|ron ronald|sam samuel
sandy sandra|steve stephen|steven stephen|stu stuart|sue susan|ted edward|terry terence|tim timothy|toby tobias|tom thomas
tony anthony|val valerie|vicky victoria|vince vincent|walt walter|wendy gwendolyn|will william|zach zachary
"""
FULL: dict[str, str] = {
    short: full for row in _FORMS.replace("\n", "|").split("|") if row for short, full, *_ in [row.split()]
}


def full_form(name: str) -> str:
    """ "andy" → "andrew"; a name without a longer form stays as it is. Lower case in, lower case out."""
    return FULL.get(name, name)
