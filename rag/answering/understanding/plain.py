"""A question in the plain wording that the patterns know: without greetings, with what stands before it behind it, "did
anybody …" as "who …". Pure functions of text with straight quotes."""

from __future__ import annotations

import re

from rag.answering.understanding import patterns as p
from rag.text import capital_first

_ASKS = r"(?:(?:what|who|whom|whose|how|why|which)\b|(?:where|when) (?:did|does|do|has|have|had|is|was|are|were|will|can)\b)"
_GREETING = re.compile(
    r"^(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks|thank you|never ?mind|sorry|no|yes|please|well|right|ok|okay"
    r"|cheers|al ?right|all right|fine|good|great|interesting|understood|i see|got it|hm+|anyway|by the way|moving on"
    r"|now|next(?: up)?|first|lastly|finally"
    r"|(?:next|(?:just )?one (?:more|last)|another|(?:and )?(?:a )?last) (?:question|thing))"
    rf"(?: there| then)?(?:\s*[,.!:;]+\s*|\s+-+\s+|\s+(?={_ASKS})))+",
    re.IGNORECASE,
)
_POLITE = re.compile(
    r"^(?:please )?(?:(?:can|could|would|will) you (?:please )?(?:tell|show|remind|give|find)(?: me| us)?"
    r"|(?:tell|show|remind) (?:me|us)"
    r"|do you (?:happen to )?know|i(?:'d| would) like to know|i (?:want|need) to know|i(?:'m| am) wondering|i wonder|let me know)"
    rf",? (?:about )?(?=(?:{_ASKS}|everything|anything|all\b))",
    re.IGNORECASE,
)
_SHORT_IS = re.compile(
    r"^((?:and |so |but )?(?:what|who))'s (?=.*\w+ing\b"
    rf"|(?:against|for|in favou?r|critical)\b|(?:so |not |most )?(?:{p.FEELING})\b)",
    re.IGNORECASE,
)
_A_SUCH_ONE = re.compile(
    r"\b(?P<verb>is|was|are|were|be|been) (?:such )?an? (?P<what>(?:very |really )?[\w-]+) one\b", re.IGNORECASE
)
""" "The fire was a big one": its noun stands in the question itself."""
_ANYBODY = re.compile(
    r"^(?P<and>(?:and |so |but )?)(?P<aux>did|does|do|has|have|is|was|are|were) "
    r"(?:anyone|anybody|someone|somebody|others|other people|people|everyone)(?P<more> else)? (?P<rest>.+)$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"^(?:and |so |but )?what (?:did|do|have|has) (?P<whom>(?:the )?others|other people|anyone else|everyone else|people"
    r"|everyone|everybody)"
    r" (?:say|said|think|thought)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
_WAS_SAID = re.compile(
    r"^(?:and |so |but )?what (?:was|is|has been|is being|was being|had been) said\b(?P<rest> (?:about|on|of|regarding)\b.*)$",
    re.IGNORECASE,
)
_FRONTED = re.compile(
    r"^(?P<lead>(?:and |so |but )?)(?P<how>on|about|regarding|as for|concerning|at|during|after|before|following|in response to"
    r"|(?:besides|apart from|other than)(?=[^?]*, wh(?:o|ich)\b))"
    rf" (?P<what>(?!(?:that|this|then),)[^,?]{{2,60}}), (?P<rest>(?:{_ASKS}|did\b|does\b|has\b).*)$",
    re.IGNORECASE,
)
_TRUE = re.compile(
    r"^is it (?:true|right|correct|a fact) (?:that )?(?P<who>[^\"]+?) (?:said|says|told \w+)\b,?:?", re.IGNORECASE
)
_IS_THEIRS = re.compile(
    r"^(?:is|was) (?:the |this |that )?(?:quote |quotation |statement |line )?(?P<quote>\"[^\"]+\"|'[^']+'),?"
    r" (?:really |actually )?(?:from|by) (?P<who>[^?]+?)\s*\?*$",
    re.IGNORECASE,
)
_QUOTE_FIRST = re.compile(
    r"^(?P<quote>\"[^\"]+\"|'.+')\s*[-,.:;?]*\s*(?P<ask>who (?:said|wrote))(?: (?:that|this|it))?\s*\?*$", re.IGNORECASE
)

_OWN_WORDS = re.compile(r",? ?\bin (?:his|her|their|its) own words\b,? ?", re.IGNORECASE)
_ITS_SUBJECT = re.compile(
    r"^(?:(?:and|but|so) )?(?:why|how|what|when|where) (?:did|does|do|has|have|had|is|was|are|were|will|would) "
    r"(?P<who>he|she|they|the [\w-]+|(?-i:[A-Z][\w.'-]*(?: [A-Z][\w.'-]*)*)) ",
    re.IGNORECASE,
)
_OF_PRONOUN = {"he": "him", "she": "her", "they": "them"}


def without_greeting(text: str) -> str:
    """Without what only opens it: "OK.", "Next:", "thanks,"."""
    bare = _GREETING.sub("", text)
    return capital_first(bare) if bare and bare != text else text


def plainly(text: str) -> str:
    """The same question; what none of the wordings fits comes back as it is."""
    text = without_greeting(text)
    bare = _POLITE.sub("", text)
    text = capital_first(bare) if bare and bare != text else text
    text = _A_SUCH_ONE.sub(r"\g<verb> \g<what>", text)
    text = _SHORT_IS.sub(r"\1 is ", text)
    return _of_quote(_of_anybody(_in_own_words(text)))


def behind(text: str) -> str:
    """ "On the ferry, what did Pell say?" with that at its end."""
    m = _FRONTED.match(text)
    if m is None:
        return text
    how = "about" if m["how"].lower() in ("on", "about", "regarding", "as for", "concerning") else m["how"].lower()
    return capital_first(f"{m['lead']}{m['rest'].rstrip(' ?')} {how} {m['what']}?")


def _of_anybody(text: str) -> str:
    if m := _OTHERS.match(text):
        others = "else" in m["whom"].lower() or "other" in m["whom"].lower()
        return f"Who {'else ' * others}said something{m['rest']}"
    if m := _WAS_SAID.match(text):
        return f"Who said something{m['rest']}"
    if m := _ANYBODY.match(text):
        asked = capital_first(f"{m['and']}who{m['more'] or ''} {m['aux'].lower()} {m['rest']}")
        return asked if p.WHO_SAID.match(asked) else text  # "did anybody drown?" asks for no words
    return text


def _in_own_words(text: str) -> str:
    """ "Why did the driver leave, in his own words?" as what is so according to the driver."""
    bare = _OWN_WORDS.sub("", text)
    subject = _ITS_SUBJECT.match(bare) if bare != text else None
    if subject is None:
        return text
    bare = capital_first(bare.strip(" ?"))
    if p.ASKS_WORDS.search(bare):
        return f"{bare}?"
    who = _OF_PRONOUN.get(subject["who"].lower(), subject["who"])
    return f"{bare}, according to {who}?"


def _of_quote(text: str) -> str:
    if (m := _TRUE.match(text)) and p.QUOTED.search(text):
        return f"Did {m['who']} really say{text[m.end() :]}"
    if m := _IS_THEIRS.match(text):
        return f"Did {m['who']} really say {m['quote']}?"
    if m := _QUOTE_FIRST.match(text):
        return f"{capital_first(m['ask'])} {m['quote']}?"
    return text
