"""One question by itself: who, about what, what kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.understanding import patterns as p
from rag.domain import Person, Question, Stance
from rag.text import capital_first, stem, terms
from rag.who import ROLE_WORDS, SPEAKS_FOR, TITLES, Mention, Who, before_of, head_noun

TOGETHER = 4
"""People whom one question may ask about."""
LONGEST_SUBJECT = 8
"""Words in which a sentence says whom it is about."""
SHORT_TOPIC = 2
"""Words, at least, on which a full name that nobody here bears is asked for: "Ice on hold" is nobody's name."""


def standalone(text: str, who: Who) -> Question:
    """The first of its sentences that asks what somebody said gives the speaker, the whole gives the topic."""
    if quoted := p.QUOTED.search(text):
        return _about_a_quote(text, (quoted.group(1) or quoted.group(2)).strip(), who)
    return _in_its_words(text, who)


def _in_its_words(text: str, who: Who) -> Question:
    if p.WHO_SAID.match(text) and (asked := asks_who(text)):
        return asked
    return _asks_what_was_said(text, who) or asks_who(text) or Question(text, "fact", topic=text)


def each_speaker(text: str, who: Who) -> list[str]:
    """The question once for each of several people whom it asks about together: "what did Pell and Grady say?"."""
    for pattern in p.SAID:
        if (m := pattern.match(text)) and (names := _together(m["speaker"], who)):
            start, end = m.span("speaker")
            before = re.sub(p.OF_SEVERAL, lambda of: p.OF_ONE[of[1].lower()], text[:start])
            return [f"{before}{name}{text[end:]}" for name in names]
    return [text]


def _together(slot: str, who: Who) -> list[str]:
    """The names of several people in the place of one; empty where it is one."""
    names = [part.strip() for part in re.split(r",? and |, | & | or ", re.sub(r"^both ", "", slot)) if part.strip()]
    whole = who.find(slot)
    if not 2 <= len(names) <= TOGETHER or (whole and whole.how == "name" and whole.span == (0, len(slot))):
        return []
    family = names[-1].split()[-1]
    named, met = [], set[int]()
    for name in names:
        mention = who.find(name)
        if (mention is None or mention.how == "given") and " " not in name and " " in names[-1]:
            name = f"{name} {family}"  # "Martin and Ruth Haldane"
            mention = who.find(name)
        by_name = mention and (
            mention.how in ("name", "surname") or (mention.how == "role" and name.startswith("the "))
        )
        if not mention or not by_name:
            return []
        named.append(name)
        met.update(person.id for person in mention.people)
    return named if len(met) >= len(named) else []


def subject_in(text: str, who: Who) -> str:
    """The question with the name that it begins with in the place of its pronoun: "what about Pell, does she mind?"."""
    named = p.NAMED_FIRST.match(text)
    if named is None or not p.SUBJECT.search(named["rest"]):
        return text
    mention = who.find(named["name"])
    if mention is None or mention.span[1] < len(named["name"]):  # "Pell and the fares: what has she said?"
        return text
    rest = p.SUBJECT.sub(lambda _: named["name"], named["rest"], count=1)
    return capital_first(rest)


def _asks_what_was_said(text: str, who: Who) -> Question | None:
    """The first reading whose speaker the archive knows, or whom a pronoun stands for, else the first reading at all."""
    readings = []
    sentences = p.SENTENCE_ENDS.split(text)
    for number, sentence in enumerate(sentences):
        for pattern in p.SAID:
            if (m := pattern.match(sentence)) and (found := _said(text, _without(sentences, number), m, who)):
                known = found.person_id is not None or (found.choices and found.certain)
                if (found.speaker or "").lower() in p.PRONOUNS:
                    return _of_the_one_before(found, m, sentences[:number], who) or found
                if known:
                    return found
                readings.append(found)
    return readings[0] if readings else None


def _of_the_one_before(question: Question, m: re.Match[str], before: Sequence[str], who: Who) -> Question | None:
    """ "Would Pell sell the ferry? What has she said?": the first sentence has the speaker and the topic."""
    subject = next((s for sentence in before if (s := _subject(sentence, who))), None)
    if subject is None:
        return None
    slot, people, rest = subject
    asked = m.groupdict().get("topic") or ""
    topic = " ".join(part for part in (rest, "" if p.OF_IT.match(asked.strip()) else topic_of(asked, asked)) if part)
    return with_speaker(replace(question, topic=p.INTENT.sub("", topic_of(question.text, topic))), slot, people)


def _subject(sentence: str, who: Who) -> tuple[str, Sequence[Person], str] | None:
    """Whom a sentence is about, by the words it begins with, and the rest of it: "Would the mayor sell the ferry?"."""
    sentence = p.BEFORE_SUBJECT.sub("", sentence, count=1)
    words = sentence.split()
    for size in range(min(len(words), LONGEST_SUBJECT), 0, -1):
        phrase = " ".join(words[:size]).rstrip(" ,.:;?!")
        mention = who.find(phrase)
        if mention and mention.how in ("name", "surname", "role") and _opens(phrase, mention):
            return phrase[: mention.span[1]], mention.people, _behind(sentence, mention.span[1])
    if named := p.FULL_NAME.match(sentence):
        mention = who.find(named.group())
        return named.group(), mention.people if mention else (), _behind(sentence, named.end())
    return None


def _opens(phrase: str, mention: Mention) -> bool:
    """Whether nothing but an office or a title stands before the name."""
    before = phrase[: mention.span[0]].lower().split()
    return all(word in TITLES or word in ROLE_WORDS or word in ("the", "former") for word in before)


def _behind(sentence: str, end: int) -> str:
    return p.BEHIND_SUBJECT.sub("", sentence[end:].strip(" ?.:;,-"))


def described_speaker(text: str) -> tuple[str, str] | None:
    """Whom a question describes without a name, and about what: "the man who worked for the firm", "a White House
    official"; or None."""
    for pattern in p.SAID:
        if (m := pattern.match(text)) and m.groupdict().get("loose") is None:
            slot = _bare(m["speaker"].strip(" ,'\""))
            head = head_noun(slot)
            if not head or not head[:1].islower() or head.lower() in p.NOBODY | p.PRONOUNS:
                return None
            return slot, topic_of(text, m.groupdict().get("topic") or "")
    return None


def describes(words: str, slot: str) -> bool:
    """Whether an article's words for an unnamed speaker ("a man who had worked for the firm") mean the one described."""
    head = head_noun(words).lower()
    alike = stem(head) == stem(head_noun(slot).lower()) or head in SPEAKS_FOR
    return alike and set(terms(slot)) <= set(terms(words))


def asks_who(text: str) -> Question | None:
    """ "Who criticised the fares?", "What were the reactions to the fares?" """
    besides: tuple[str, ...] = ()
    if named := p.BESIDES.search(text):
        besides = tuple(name.strip() for name in re.split(r",| and ", named["names"]) if name.strip())
        text = f"{text[: named.start()]} {text[named.end() :]}".replace("  ", " ")
    if m := p.WHO_SAID.match(text):
        of = p.OF_GROUP.match(m["where"] or "")  # "who of the House Republicans …?"
        topic = " ".join(filter(None, (topic_of(text, m["topic"]), "" if of else (m["where"] or "").strip())))
        stance = side_asked_for(text[: m.start("topic")] + m["topic"][:12])
        if p.NOT.search(text[: m.start("verb")]):
            stance = "against" if stance == "for" else None  # who doesn't criticise it need not praise it
        among = of or p.AMONG.match(text)
        return Question(
            text, "who said", topic=topic, stance=stance, among=among["whom"] if among else "", besides=besides
        )
    if m := p.SIDE.match(text):
        on = topic_of(text, m["topic"])
        return Question(
            text, "who said", topic=on if own_terms(on) else m["of"] or "", stance="against" if m["against"] else "for"
        )
    if m := p.REACTIONS.match(text):
        return Question(text, "who said", topic=topic_of(text, text[m.end() :]), besides=besides, among=m["whom"] or "")
    return None


def _about_a_quote(text: str, quote: str, who: Who) -> Question:
    """A question with quoted words in it: is it theirs, or whose is it?"""
    outside = text.replace(quote, " ")
    before = text[: text.find(quote)].rstrip(" '\"")
    if p.WHICH_WORD.match(text):
        return _in_its_words(text, who)
    if not p.SAID_SO.search(before) and (p.ASKS_ON.match(text) or p.TITLE.fullmatch(quote)):
        return _in_its_words(text, who)  # the words are spoken about: "What did Pell say about 'The Ferry Girl'?"
    slot = next((m.group("speaker") for pattern in p.SAID if (m := pattern.match(outside))), None)
    long_enough = len(quote.split()) >= p.QUOTE_WORDS
    if slot and p.REALLY.search(outside) and long_enough and not p.SPOKEN_ABOUT.search(before):
        mention = who.find(slot)
        question = Question(text, "quote check", topic=quote, quote=quote)
        return with_speaker(question, slot.strip(), list(mention.people) if mention else [])
    if p.WHO.match(text) and len(quote.split()) >= 2 and (p.SPOKEN.search(outside) or p.WHO_SAID.match(outside)):
        return Question(text, "who said", topic=quote, quote=quote)
    return _in_its_words(text, who)


def _without(sentences: Sequence[str], number: int) -> str:
    """The other sentences of a question, but for those that only ask what was said."""
    others = [s for n, s in enumerate(sentences) if n != number]
    return " ".join(s for s in others if not p.ONLY_ASKS.match(s))


def _said(text: str, besides: str, m: re.Match[str], who: Who) -> Question | None:
    """A match of a said-pattern as a question, or None where its slot can't be a speaker; `besides`: what else is asked."""
    slot = m.group("speaker").strip(" ,'\"")
    slot = re.sub(r"^(?:else|exactly)\s+", "", slot)
    if not slot or slot.lower() in p.NOBODY or p.CLAUSE.search(slot):
        return None
    groups = m.groupdict()
    behind = groups.get("topic") or ""
    if p.TOLD.search(text[: text.rfind(behind)] if behind else ""):
        behind = p.ADDRESSEE.sub("", behind)
    counted = groups.get("counted") if own_terms(behind) else None  # "how many cars does he think will come?"
    topic = " ".join(part.strip(" ,") for part in (groups.get("front"), counted, behind) if part)
    topic = f"{besides} {topic}".strip()
    if not own_terms(topic) and own_terms(groups.get("asked") or ""):
        topic = groups["asked"]  # "what damage did he describe?"
    question = Question(text, "said", topic=topic_of(text, topic))
    mention = None if slot.lower() in p.PRONOUNS else who.find(slot)
    if mention is None and slot.lower() not in p.PRONOUNS and not _is_name(slot):
        return None  # "the company": without a name to look for, any sentence that answers will do
    if mention is None and groups.get("loose") is not None and slot.lower() not in p.PRONOUNS:
        in_short = groups.get("short") is not None and len(groups["topic"].split()) >= SHORT_TOPIC
        if not in_short or not p.FULL_NAME.fullmatch(slot):
            return None
    if mention and mention.how in ("role", "office") and _many(slot):
        # Many hold such a role. Of an office, which only one can hold, it tells too little; and why a group did something
        # is told of it.
        telling = mention.how == "role" and not p.WHY.match(text)
        return Question(text, "who said", topic=question.topic, among=_bare(slot)) if telling else None
    found = with_speaker(question, slot, list(mention.people) if mention else [])
    if found.person_id is not None and not besides:
        found = replace(found, text=_with_name(text, m, found.speaker or ""))
    if mention and mention.how == "office":
        names = tuple(person.name for person in mention.people)
        return replace(question, speaker=_bare(slot), choices=names, certain=False)
    return found


def _with_name(text: str, m: re.Match[str], name: str) -> str:
    """The question with the speaker's full name for what it calls them."""
    start, end = m.span("speaker")
    ending = "'s" if text[start:end].endswith(("'s", "s'")) else ""
    return f"{text[:start]}{name}{ending}{text[end:]}"


def _many(slot: str) -> bool:
    """Whether it means a group and no one of it: "Republicans", "the police"."""
    head = head_noun(slot).lower()
    return head == "police" or (head.endswith("s") and not head.endswith(("ss", "us", "'s")))


def _is_name(slot: str) -> bool:
    """Whether it is a name or an office, which only one can hold, rather than any man or company."""
    head = before_of(slot).split()
    office = head[-1].lower() if head else ""
    return len(slot.split()) <= 8 and (any(w[:1].isupper() for w in head) or office in TITLES or office in ROLE_WORDS)


def with_speaker(question: Question, slot: str, people: Sequence[Person]) -> Question:
    """The speaker as the archive knows them; several who fit equally are choices, never guessed. Of one name, which is
    then taken now for a person and now for an organisation, it is the one who says most."""
    by_name: dict[str, Person] = {}
    for person in sorted(people, key=lambda p: -p.statements):
        by_name.setdefault(person.name, person)
    people = [person for person in people if by_name[person.name] is person]
    if not people:
        return replace(question, speaker=_bare(slot), person_id=None, choices=())
    if len(people) == 1:
        return replace(question, speaker=people[0].name, person_id=people[0].id, choices=())
    return replace(question, speaker=_bare(slot), person_id=None, choices=tuple(person.name for person in people))


def _bare(slot: str) -> str:
    return re.sub(r"^the\s+", "", slot.strip(), flags=re.IGNORECASE)


def topic_of(text: str, topic: str) -> str:
    topic = re.sub(p.TOPIC_LEAD, "", topic.strip(" ?.!,"), flags=re.IGNORECASE)
    return re.sub(r"(?<=\w) (?:of|for|with|about|on|to)$", "", topic.strip(" ?.!,"))


def own_terms(topic: str) -> list[str]:
    return [t for t in terms(topic) if t not in p.EMPTY_TERMS]


def side_asked_for(question: str) -> Stance | None:
    """Which side a question asks for: "who criticised" is against."""
    if p.AGAINST_VERBS.search(question):
        return "against"
    return "for" if p.FOR_VERBS.search(question) else None


def summary_of(text: str) -> str | None:
    """What the article is about whose summary is asked for, or None where none is asked for."""
    m = p.SUMMARY.match(text)
    topic = (m["named"] or m["topic"] or "").strip(" .") if m else ""
    return topic or None
