"""How questions lean on the conversation before them, as data: patterns over text with straight quotes."""

from __future__ import annotations

import re

ON = re.compile(
    r"\s+(?:on|about|regarding)\s+|,?\s+(?:back )?(?=(?:when|after|before|once|during|since|following)\b)",
    re.IGNORECASE,
)
AT_ITS_TIME = re.compile(r"(?:after|before|during|since|following)\b", re.IGNORECASE)
"""Still about the same topic, then."""
FRAGMENT = re.compile(
    r"^(?:(?:ok|okay|so|well|right)[,.]? )?(?:(?:(?:and|but|or|so),? )?(?P<what>(?:what|how) about)|and|but|or|also|then)\b,?\s*(?:what |how )?(?P<about>about |on |regarding )?(?P<rest>(?=\S)"
    r"(?(about)|(?(what)|(?!(?:what|how|why|when|where|who|which|did|does|do|has|have|had|is|was|were|are|would|will|can|could|before|after)\b))).+)$"
    r"|^(?:(?!(?:(?:ok|okay|so|well|right|and|but|then)\b,? )*(?:what|how|why|when (?:did|is|was|will|are|were|does|do|has)|where|who|which|did|does|do|has|have|had|is|was|were|are|would|will|can|could|should)\b)"
    r"(?:(?:\S+ ){0,4}\S+\?|(?!(?:summari[sz]e|sum|tell|show|give|list|explain|compare|find|read|stop|repeat|go)\b)(?:\S+ ){0,3}\S+))$",
    re.IGNORECASE,
)
THEIR_VIEW = re.compile(
    r"(?:'s|s')? (?:position|views?|stance|opinion|take|reaction|response|thoughts|comments?|side|account|version)$",
    re.IGNORECASE,
)
"""Behind whose it is: "and Pell's view?" asks Pell."""
SELF = re.compile(r" (?:himself|herself|themselves|itself)$", re.IGNORECASE)
WHO_ELSE = re.compile(
    r"^(?:and |so |but )?(?:who|(?:what|which)(?= ?else (?:was|is|were|has been|have been) ))\s*else\b|^(?:and )?(?:anyone|anybody|everyone) else\b",
    re.IGNORECASE,
)
SHIFTED = re.compile(r"^(?:and |but |so )?(?:before|after|since) (?:that|this|then),? (?=\S)", re.IGNORECASE)
"""Still about the same, at another time: "and after that, …?" """
OBJECT = re.compile(
    r"\bhim\b(?! \w+(?:'s| said))|\bher\b(?=\s*(?:[?.,]|$|(?:about|for|of|to|on|in|at|by|with|from|and|or|as|after|before|when|later|then|since)\b))",
    re.IGNORECASE,
)
NAME = re.compile(r"\b[A-Z][\w'-]+(?: [A-Z][\w'-]+)+\b")
"""A full name in a topic."""
RELATIVE = re.compile(
    r"^(?P<before>(?:(?:and|but|so|then|what about|how about|what|how|why|when|where|did|does|do|has|have|is|was)\b\s*)*)(?:his|her|their) (?=(?:\w+ )?(?:sisters?|brothers?"
    r"|fathers?|mothers?|parents?|wife|husband|partner|sons?|daughters?|widow|family|boss|lawyers?|attorneys?|agents?|managers?|doctors?|spokes(?:man|woman|person)"
    r"|successor|predecessor|deputy|teammates?|colleagues?|uncles?|aunts?|nephews?|nieces?|cousins?|grand\w+|fianc[eé]e?|girlfriend|boyfriend"
    r"|neighbou?rs?|landlord|coach|secretary)\b)",
    re.IGNORECASE,
)
"""Somebody who is asked about and told by whose they are: "what about her sister?"."""
RELATIVE_NOUN = re.compile(
    r"[\w-]+(?= ?[?.,]|$| (?:about|on|said|say|says|do|does|did|to)\b)|[\w-]+ [\w-]+", re.IGNORECASE
)
"""Who is told by whose they are, "sister" or "elder sister"."""
RIVAL = re.compile(
    r"^(?:his|her|their|the) (?:\w+ )?(?:opponent|rival|counterpart|challenger|opposite number)$|^the other (?:one|side|candidate)$",
    re.IGNORECASE,
)
"""Of two people whom a conversation is about, the other one."""
THAT_ONE = re.compile(r"^(?P<whose>.+?(?:'s|s'|\bof .+)) ones?$", re.IGNORECASE)
BARE_WHY = re.compile(
    r"^(?:and |but |so )?(?:(?P<word>why|how come|when|where)|how so|what else|(?:tell me |anything )?more|go on)(?: is that| was that| not)?\s*[?.]*$",
    re.IGNORECASE,
)
WHY_NOT = re.compile(
    r"^(?:and |but |so )?why (?:not|even)\b(?P<topic>(?!.*\baccording to\b| (?:did|does|do|has|have|is|was|were|are|will|would|can)\b)(?! ?[,?]).+)$",
    re.IGNORECASE,
)
""" "Why not call it off?" asks whoever is spoken of."""
RESET = re.compile(
    r"^(?:new (?:topic|question|subject)|(?:a )?different (?:question|topic|subject)|something else|change of (?:topic|subject)|another (?:question|topic))\s*[:.,–-]*\s*",
    re.IGNORECASE,
)
BACK_TO = re.compile(r"^(?:going |let's go )?back to (?P<name>[^.:,?]+)(?:[.:,]\s*|$)", re.IGNORECASE)
REFERS_BACK = re.compile(
    r"\b(?:it|that|this|them|those|these|there|one)\b(?=\s*(?:\?|$|\.|,|by|in|at|on|when|to|for|was|is|be|would|has))",
    re.IGNORECASE,
)
LIGHT = re.compile(
    r"^(?:(?:do|did|doing|done|have|has|say|said|give|gave|make|made|get|got|mention|add|anything|something|any|more|else)\b\s*)+(?:(?:about|on|of|to)\b\s*)?(?:(?:a|an|the|any)\b\s*)?",
    re.IGNORECASE,
)
"""The beginning of a topic that says nothing of it: "do about …", "give a …"."""
ASKING = re.compile(
    r"^(?:(?:and|but|so|then)\b\s*)*(?:(?:why|how|when|where|what|who|which|did|does|do|has|have|is|was|were|are)\b\s*)+",
    re.IGNORECASE,
)
LEANS = re.compile(r"^(?:and|but|so|then|also|ok|okay)\b|\b(?:then|there|else|too|also|again)\b", re.IGNORECASE)
"""A word that goes on from what was said before."""
DEFINITE = re.compile(
    r"\b(?:the|this|that|these|those|such|he|she|it|they|him|them|his|her|its|their)\b", re.IGNORECASE
)
"""In a topic: something that is told as known."""
