"""How questions lean on the conversation before them, as data: patterns over text with straight quotes."""

from __future__ import annotations

import re

ON = re.compile(
    r"\s+(?:on|about|regarding)\s+|,?\s+(?:back )?(?=(?:when|after|before|once|during|since|following)\b)",
    re.IGNORECASE,
)
AT_ITS_TIME = re.compile(r"(?:after|before|during|since|following)\b", re.IGNORECASE)
"""Still about the same topic, then."""
_AUXILIARY = (
    "(?:did|does|do|has|have|had|is|was|were|are|would|will|can|could|should|might|must|may|shall)(?:n't)?|won't|can't"
)
FRAGMENT = re.compile(
    r"^(?:(?:ok|okay|so|well|right)[,.]? )?(?:(?:(?:and|but|or|so),? )?(?P<what>(?:what|how) about)|and|but|or|also|then)\b,?\s*(?:what |how )?(?P<about>about |on |regarding )?(?P<rest>(?=\S)"
    rf"(?(about)|(?(what)|(?!(?:what|how|why|when|where|who|which|before|after|{_AUXILIARY})\b))).+)$"
    rf"|^(?:(?!(?:(?:ok|okay|so|well|right|and|but|then)\b,? )*(?:what|how|why|when (?:did|is|was|will|are|were|does|do|has)|where|who|which|{_AUXILIARY})\b)"
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
AGREES = re.compile(
    r"^(?:and |but |so )?who(?: else)? (?:(?:dis)?agree[sd]?|differ(?:s|ed)?|did(?:n't| not) (?:dis)?agree)"
    r"(?: with (?:him|her|them|that|this|it))?\W*$",
    re.IGNORECASE,
)
"""Who is of another mind than whoever is spoken of, or of the same."""
WHY_NOT = re.compile(
    r"^(?:and |but |so )?why (?:not|even)\b(?P<topic>(?!.*\baccording to\b| (?:did|does|do|has|have|is|was|were|are|will|would|can)\b)(?! ?[,?]).+)$",
    re.IGNORECASE,
)
""" "Why not call it off?" asks whoever is spoken of."""
RESET = re.compile(
    r"^(?:new (?:topic|question|subject)|(?:a )?different (?:question|topic|subject)|something (?:else|different)|change of (?:topic|subject)"
    r"|another (?:topic|subject)|on another (?:topic|subject|note|matter)|(?:let's )?(?:change|changing) (?:the )?(?:topic|subject))"
    r"(?: (?:entirely|now|altogether|completely))?\s*[:.,;!-]*\s*",
    re.IGNORECASE,
)
ITS_SUBJECT = re.compile(
    r"\b(?:did|does|do|has|have|had|is|was|are|were|will|would|can|could|might|should)(?:n't)? (?:he|she|they)\b",
    re.IGNORECASE,
)
"""A question whose subject must be known from before."""
BACK_TO = re.compile(
    r"^(?:(?:going|to go|let's go|can we go|coming|to come|getting|to get) back|back|returning|to return|let's return) to (?P<name>[^.:;,?]+?)"
    r"(?:\s*[.:;,]+\s*|\s+-+\s+|\s*\??$|\s+(?=(?:what|why|how|when|where|who|which|did|does|has|is|was|will|would)\b))",
    re.IGNORECASE,
)
AT_A_TIME = re.compile(
    r"^(?:(?:and|but|or|then|so)\b,? ?)+(?:(?:what|how) about )?(?P<clause>(?:when|once|after|before|while|by the time)"
    r" (?!(?:did|does|do|is|was|are|were|has|have|had|will|would|can|could|should|that|this|then)\b)\S.*)$",
    re.IGNORECASE,
)
"""The same of another time: "and when it was called off?"."""
CLAUSE_LEAD = re.compile(
    r"^(?:when|once|after|before|while|by the time|that|how|why|what|whether|if)\b\s*", re.IGNORECASE
)
FINITE = re.compile(
    r"\s+\b(?:is|was|are|were|be|has|have|had|will|would|can|could|may|might|must|shall|should|did|does|do)(?:n't)?\b.*$",
    re.IGNORECASE,
)
"""From where on a clause says something of what it is about."""
MEANS = re.compile(
    r"\s+(?:would|will|could|may|might) (?:mean|cost|take|do|bring|be|feel|look)(?: like)?$", re.IGNORECASE
)
"""The end of a topic that only asks what it would come to: "selling the pier would cost"."""
OWN = re.compile(
    r"(?<!\bof )(?<!\bfor )(?<!\bwith )(?<!\bby )(?<!\bto )(?<!\bfrom )\b(?:his|her|their|its) (?:own )?[\w-]+(?: (?!(?:and|or|was|is|by|in|at|on)\b)[\w-]+)?$",
    re.IGNORECASE,
)
"""What somebody has, at the end of a topic: that is what "it" means behind it."""
IT_TO = re.compile(r"\bit (?=to [a-z])", re.IGNORECASE)
"""Something that is to act, so a body: "who wants it to pay?"."""
HOW_FOR = re.compile(r"\b(?:how|what) (?:was|were|is|are|did)\b.* for [\w' -]+\W*$", re.IGNORECASE)
"""How it was for somebody, which they tell in any words: "how was the flight for her?"."""
THEY_THEM = re.compile(r"\bthey\b.*\bthem\b", re.IGNORECASE)
"""Of several people who are spoken of: "what they had with them"."""
PLACE = re.compile(r"\b(?:in|at|near) (?:the )?(?P<place>[\w-]+(?: [\w-]+)?)$", re.IGNORECASE)
"""Where it is, at the end of a topic, "in ottersby" by who types no capitals."""
LIKE = re.compile(
    r"^(?:(?:and|but|so|ok|okay),? )?(?:(?:is|was) there )?(?:what|anything|something) else(?: (?:he|she|they) said)?"
    r"(?:,? (?:like|such as|for (?:example|instance)|say|perhaps|maybe),?(?: (?:about|on|regarding))?|,? (?:about|on|regarding)) (?=\S)",
    re.IGNORECASE,
)
"""Another topic, told as an example: "what else, like the pier?"."""
COMPARED = re.compile(
    r"\b(?:compar|liken)\w*\s+(?P<this>it|this|that|them|these|those)\s+(?:with|to)\s+(?=\w)", re.IGNORECASE
)
""" "Did she compare it with the fire?" asks about the fire."""
INTENDS = re.compile(
    r"^(?:and |but |so )?(?:(?:why )?(?:is|was|are|were)(?:n't)? (?P<is>[^?]+?) (?:still |now |really |even |ever |actually )*"
    r"(?=(?:going|planning|hoping|prepared|ready|willing|thinking of|considering|likely|about to)\b)"
    r"|(?:(?:why )?(?:will|would|can|could|might|must|should|won't|can't|wouldn't|couldn't|shouldn't)|why (?:did|does|do|has|have)(?:n't)?) (?P<will>[^?]+?) (?=(?-i:[a-z])))",
    re.IGNORECASE,
)
"""Whether somebody will do something, or why they did: of that they can best tell."""
_BODIES = (
    "company|firm|business|group|club|team|union|agency|airline|carrier|bank|party|council|board|league|federation|association|charity|church"
    "|regulator|watchdog|network|studio|publisher|retailer|operator|platform|app|store|chain|university|hospital|museum|theatre|theater"
)
THAT_BODY = re.compile(rf"^the (?:[\w'&-]+ ){{1,4}}(?:{_BODIES})$", re.IGNORECASE)
"""A fragment that is nothing but a body, told by what it is: "the dockers' union"."""
BODY = re.compile(
    r"^(?P<before>(?:(?:and|but|so|then|what about|how about|what|how|why|when|where|did|does|do|has|have|is|was)\b\s*)*)the "
    rf"(?:{_BODIES})\b(?!'| (?:of|for|that|which|who)\b| (?!(?:answer|offer|suffer|consider|deliver|ever|after|or)\b)[a-z]+(?:man|woman|person|er|or)\b)",
    re.IGNORECASE,
)
"""A body that was named before: "how did the company respond?"."""
REFERS_BACK = re.compile(
    r"\b(?:it|that|this|them|those|these|there|one)\b(?=\s*(?:\?|$|\.|,|by|in|at|on|when|to|for|was|is|be|would|has))"
    r"|\b(?:it|them)\b(?=\s*(?:and|or|after|before|down|off|up|out|back)\b)",
    re.IGNORECASE,
)
LIGHT = re.compile(
    r"^(?:(?:do|did|doing|done|have|has|say|said|give|gave|make|made|get|got|mention|add|anything|something|any|more|else)\b\s*)+(?:(?:about|on|of|to)\b\s*)?(?:(?:a|an|the|any)\b\s*)?",
    re.IGNORECASE,
)
"""The beginning of a topic that says nothing of it: "do about …", "give a …"."""
ASKING = re.compile(
    r"^(?:(?:and|but|so|then)\b\s*)*(?:(?:why|how(?: (?:many|much|old|long|far|often|soon))?|when|where|what|who|which|did|does|do|has|have|is|was|were|are)\b\s*)+",
    re.IGNORECASE,
)
LEANS = re.compile(r"^(?:and|but|so|then|also|ok|okay)\b|\b(?:then|there|else|too|also|again)\b", re.IGNORECASE)
"""A word that goes on from what was said before."""
DEFINITE = re.compile(
    r"\b(?:the|this|that|these|those|such|he|she|it|they|him|them|his|her|its|their)\b", re.IGNORECASE
)
"""In a topic: something that is told as known."""
