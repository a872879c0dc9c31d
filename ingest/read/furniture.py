"""Lines of a page that are no part of its article: invitations, links to other stories, notices.

Dropping a sentence of the article is worse than keeping a line of furniture, so: no line with a quotation mark goes; in
the middle of an article only lines go that can't be anything else; the open-ended rule holds at the end only.
"""

from __future__ import annotations

import re

_PLATFORM = (
    r"(?:twitter|x|facebook|instagram|threads|bluesky|mastodon|linkedin|tiktok|youtube|whatsapp|telegram|flipboard)\b"
)
_ALONE = re.compile(  # the whole line, anywhere
    rf"""(?ix)
    (?:advertisement|advertising|sponsored(?:\ content)?|promoted\ content
      |skip\ to\ (?:main\ )?content|back\ to\ top|copy\ link|load\ more|loading
      |(?:article|story)\ continues\ (?:below|after)
         (?:\ (?:the\ |this\ )?(?:ad|advertisement|(?:photo\ )?gallery|video))?
      |continue\ reading(?:\ the\ main\ story)?
      |(?:share|print|save|email)(?:\ this)?\ (?:article|story|page)(?:\ (?:on|via|with|by)\ [\w,\ ]{{1,40}})?
      |read\ (?:more|next|also)(?:\ (?:here|about\ this))?|click\ here\ to\ read\ more|see\ also|more\ on\ this\ story
      |related(?:\ (?:articles?|stories|topics|content|coverage|links|news))?
      |(?:accept|reject|manage)\ (?:all\ )?(?:cookies|choices|preferences)|cookie\ (?:policy|settings|preferences)
      |(?:please\ )?(?:follow|like|find|join)\ us\ on\ {_PLATFORM}[\w,&\ ]{{0,60}}|follow\ us
      |(?:sign\ up|subscribe)(?:\ (?:here|now|today))?\ (?:to|for)\ (?:our|the)\ (?:[\w-]+\ ){{0,3}}
         (?:newsletters?|podcast|channel|alerts)
      |©.{{0,100}}|copyright\ (?:©|\(c\)|\d{{4}}).{{0,100}}|\(c\)\ \d{{4}}.{{0,100}}|all\ rights\ reserved
    )[\s.:…»›>!]*"""
)
_POINTER = re.compile(  # "Read more: another story's headline"
    r"""(?ix)
    (?:read\ (?:more|next|also)|also\ read|see\ also|more\ on\ this(?:\ story)?|don[’']t\ miss
      |related(?:\ (?:articles?|stories|story|reading|content|coverage|news|video))?
    )\s?[:|»›>–—]\s?\S.{0,160}"""
)
_AT_EDGES = re.compile(  # how a line begins that is furniture where the article has not begun yet or is over
    rf"""(?ix)
    (?:(?:sign\ up|subscribe|register)\ (?:to|for|here|now|today|with)\b.{{0,60}}
         \b(?:newsletter|inbox|briefing|alerts?|e?mails?|podcast|channel|subscription)
      |get\ .{{0,60}}\b(?:to|in)\ your\ inbox
      |(?:follow|like|find|join)\ .{{1,60}}\ on\ {_PLATFORM}
      |(?=.*\b(?:site|experience|advert|privacy|policy|browser|device|your|consent|accept|continu))
         (?:we|(?:this|our)\ (?:web)?site)\ (?:uses?|stores?)\ cookies
      |by\ continuing\ .{{0,80}}\b(?:cookies|terms|privacy)
      |download\ (?:our|the)\ .{{0,40}}\bapp\b
      |click\ here\ (?:to|for)\b
      |(?:terms\ of\ (?:use|service)|privacy\ policy|contact\ us|about\ us)(?:\s*[|·•]|$)
    )"""
)
_LONGEST_AT_EDGE = 30  # words
_LONGEST_INVITATION = 12
_INVITES = re.compile(
    r"""(?ix)
    (?:take|get|download|listen|watch|subscribe|sign|follow|join|share|click|tap|find|discover|browse|explore|support
      |donate|try|visit|stay|check|see|read|register|install|enjoy|become|buy|send|email|contact|never)\s"""
)
_TO_THE_READER = re.compile(  # "us" is the reader's host, "US" a country
    r"\b(?:us|(?i:you|your|you[’']re|our|newsletters?|podcasts?|radio|apps?|inbox|channel|subscription|live|coverage))\b"
)
_QUOTED = re.compile(r"[\"“”„«»]|(?<!\w)['‘]")
_ENDS_A_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")


def drop_furniture(text: str, *, plain: bool = False) -> str:
    """`text` without furniture; a text without any comes back as it is, and so does one of nothing else.

    plain: the text was taken off its page by somebody else already (JSON), and offsets into it may be in use: only
    lines at the edges go, and only those that can't be anything else.
    """
    lines = text.splitlines(keepends=True)
    filled = [i for i, line in enumerate(lines) if line.strip()]
    kept = [i for i in filled if plain or not _anywhere(lines[i].strip())]
    while kept and _at_edge(lines[kept[-1]].strip(), plain, last=True):
        kept.pop()
    while kept and _at_edge(lines[kept[0]].strip(), plain, last=False):
        kept.pop(0)
    if not kept or kept == filled:
        return text
    dropped = set(filled) - set(kept)
    first = 0 if kept[0] == filled[0] else kept[0]
    return "".join(lines[i] for i in range(first, kept[-1] + 1) if not _goes(i, lines, dropped)).rstrip()


def _goes(i: int, lines: list[str], dropped: set[int]) -> bool:
    """A dropped line takes the blank line below it along, so that no double gap stays."""
    return i in dropped or (not lines[i].strip() and i - 1 in dropped)


def _anywhere(line: str) -> bool:
    if _QUOTED.search(line) or (_ENDS_A_SENTENCE.search(line) and len(line.split()) > 4):
        return False
    return bool(_ALONE.fullmatch(line) or _POINTER.fullmatch(line))


def _at_edge(line: str, plain: bool, *, last: bool) -> bool:
    if _QUOTED.search(line):
        return False
    if _ALONE.fullmatch(line):
        return True
    if plain or len(line.split()) > _LONGEST_AT_EDGE:
        return False
    return bool(_POINTER.fullmatch(line) or _AT_EDGES.match(line)) or (last and _invites(line))


def _invites(line: str) -> bool:
    """A short line that tells the reader what to do and, unlike the sentences of an article, ends without a stop."""
    return (
        len(line.split()) <= _LONGEST_INVITATION
        and bool(_INVITES.match(line))
        and not _ENDS_A_SENTENCE.search(line)
        and bool(_TO_THE_READER.search(line))
    )
