"""The words that mark a statement, as data: which verbs, of which kind, and in what shape their content comes.

A verb's shapes say where the words of the statement stand beside it:

clause      a that-clause or a quotation ("said she would go", "'I will go,' he said")
told        the same behind somebody addressed, who is no part of it ("told reporters that …")
infinitive  "promised to go"; the infinitive is the content
asked       the addressed belongs to it ("urged the mayor to resign", "asked her to stay")
object      a noun phrase with what hangs on it ("criticised the plan for its cost")
label       an object and what it is called ("called it 'a disgrace'", "described her as tired")
quote       nothing but a quotation ("continued", "shouted")
finding     a clause, where the subject is a study or a poll ("the survey found that …")
believing   a clause, where the subject is somebody in particular ("the mayor thinks that …")
about       a prepositional phrase ("spoke about the plan"); the prepositions are listed beside the verb
"""

from __future__ import annotations

from dataclasses import dataclass

from rag.domain import Kind

_TABLE: tuple[tuple[Kind, str, str], ...] = (
    (
        "said",
        "clause object",
        """say announce explain tweet acknowledge mention predict recall reiterate repeat reveal stress suggest emphasize
        emphasise recount lament bemoan opine""",
    ),
    (
        "said",
        "clause",
        """add report reply respond retort counter contend complain boast brag marvel muse exclaim interject maintain
        warn caution testify speculate indicate imply hint signal confess attest recollect reckon wonder affirm note
        argue claim insist state declare write allege assert concede conclude confirm disclose estimate joke observe
        proclaim quip summarize summarise comment share relate remark underscore clarify reaffirm deny admit post retweet email text blog point vent fume
        gripe crow agree stipulate theorize surmise aver highlight underline advise""",
    ),
    (
        "said",
        "quote",
        """continue go answer read shout yell scream cry whisper mutter murmur chant sigh laugh snap gush rant intone
        chime ask recite""",
    ),
    ("said", "told clause", "tell remind assure inform notify reassure"),
    ("said", "asked clause", "ask"),
    ("said", "infinitive clause object", "promise"),
    ("said", "infinitive clause", "vow pledge threaten swear"),
    ("said", "label", "call label term dub brand portray characterize characterise liken hail"),
    ("said", "object", "cite list reference voice express outline describe"),
    ("said", "finding", "find show project"),
    (
        "position",
        "object",
        """criticize criticise praise blame accuse blast slam mock tout denounce decry condemn dismiss
        reject question thank applaud chide assail rebuke rebut disavow congratulate scold
        lambast lambaste deride ridicule berate bash castigate chastise commend laud extol""",
    ),
    ("position", "asked clause object", "urge beg implore exhort"),
    ("position", "asked clause", "encourage"),
    ("position", "clause infinitive", "demand recommend"),
    ("position", "object clause", "dispute refute"),
    ("believed", "believing", "believe think fear hope suspect doubt worry anticipate"),
)

ABOUT: dict[str, tuple[str, ...]] = {
    "tell": ("about", "of"),
    "ask": ("about", "for"),
    "call": ("for", "on", "upon"),
    "point": ("to",),
    "allude": ("to",),
    "speak": ("about", "of"),
    "comment": ("on", "about"),
    "complain": ("about", "of"),
    "warn": ("of", "about", "against"),
    "boast": ("of", "about"),
    "brag": ("of", "about"),
    "rail": ("against",),
    "lash": ("at",),
    "argue": ("for", "against"),
    "hint": ("at",),
    "vouch": ("for",),
    "joke": ("about",),
    "testify": ("about",),
}
"""Verbs whose content can be a prepositional phrase, and its prepositions."""

STANDS: frozenset[str] = frozenset("call rail lash vouch argue".split())
"""Verbs that take a position when their content is a prepositional phrase ("called for …", "argued against …")."""

IRREGULAR: dict[str, tuple[str, ...]] = {
    "say": ("say", "says", "said", "saying"),
    "tell": ("tell", "tells", "told", "telling"),
    "write": ("write", "writes", "wrote", "written", "writing"),
    "think": ("think", "thinks", "thought", "thinking"),
    "feel": ("feel", "feels", "felt", "feeling"),
    "find": ("find", "finds", "found", "finding"),
    "show": ("show", "shows", "showed", "shown", "showing"),
    "read": ("read", "reads", "reading"),
    "swear": ("swear", "swears", "swore", "sworn", "swearing"),
    "go": ("went",),
    "speak": ("speak", "speaks", "spoke", "spoken", "speaking"),
    "admit": ("admit", "admits", "admitted", "admitting"),
    "beg": ("beg", "begs", "begged", "begging"),
    "brag": ("brag", "brags", "bragged", "bragging"),
    "quip": ("quip", "quips", "quipped", "quipping"),
    "snap": ("snap", "snaps", "snapped", "snapping"),
    "dub": ("dub", "dubs", "dubbed", "dubbing"),
    "slam": ("slam", "slams", "slammed", "slamming"),
    "aver": ("aver", "avers", "averred", "averring"),
    "refer": ("refer", "refers", "referred", "referring"),
    "rebut": ("rebut", "rebuts", "rebutted", "rebutting"),
    "repeat": ("repeat", "repeats", "repeated", "repeating"),
    "text": ("texted", "texting"),
    "post": ("post", "posted", "posts", "posting"),
    "label": ("label", "labels", "labeled", "labelled", "labeling", "labelling"),
}


@dataclass(frozen=True, slots=True)
class Verb:
    """What a reporting verb is and takes."""

    lemma: str
    kind: Kind
    shapes: frozenset[str]
    about: tuple[str, ...] = ()


def inflect(lemma: str) -> tuple[str, ...]:
    """The forms of a verb: by `IRREGULAR`, else by rule; a final single consonant is never doubled by rule."""
    if lemma in IRREGULAR:
        return IRREGULAR[lemma]
    if lemma.endswith("e"):
        return (lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing")
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return (lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing")
    s = "es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return (lemma, lemma + s, lemma + "ed", lemma + "ing")


def _verbs() -> dict[str, Verb]:
    verbs: dict[str, Verb] = {}
    for kind, shapes, lemmas in _TABLE:
        for lemma in lemmas.split():
            verbs[lemma] = Verb(lemma, kind, frozenset(shapes.split()), ABOUT.get(lemma, ()))
    for lemma, prepositions in ABOUT.items():
        if lemma not in verbs:
            verbs[lemma] = Verb(lemma, "said", frozenset(["about"]), prepositions)
    return verbs


VERBS: dict[str, Verb] = {form: verb for verb in _verbs().values() for form in inflect(verb.lemma)}
"""Verb by inflected form, lower case."""

OBJECTS_TOO = frozenset("deny report assert disclose admit concede confirm warn allege declare".split())
"""Verbs of shape "clause" whose object is a statement in brief ("denied the accusations")."""

FINDERS = frozenset(
    """poll polls survey surveys study studies report reports data research researchers analysis investigation audit
    figures records record documents census numbers statistics review results tally exit""".split()
)
"""What finds and shows something in words."""

NOUNS: dict[str, tuple[str, ...]] = {
    "claim": ("that",), "claims": ("that",), "assertion": ("that",), "assertions": ("that",), "suggestion": ("that",),
    "suggestions": ("that",), "allegation": ("that",), "allegations": ("that",), "accusation": ("that",),
    "accusations": ("that",), "statement": ("that",), "warning": ("that",), "warnings": ("that",),
    "argument": ("that",), "complaint": ("that",), "complaints": ("that",), "admission": ("that",),
    "acknowledgment": ("that",), "announcement": ("that",), "prediction": ("that",), "predictions": ("that",),
    "contention": ("that",), "insistence": ("that",), "explanation": ("that",), "report": ("that",),
    "reports": ("that",), "declaration": ("that",), "promise": ("that", "to"), "promises": ("that", "to"),
    "point": ("that",), "comment": ("that",), "comments": ("that",), "remark": ("that",), "remarks": ("that",),
    "vow": ("that", "to"), "vows": ("that", "to"), "pledge": ("that", "to"), "threat": ("to",), "threats": ("to",),
    "call": ("for", "on", "to"), "calls": ("for", "on", "to"), "demand": ("that", "for"), "demands": ("that", "for"),
}  # fmt: skip
"""Nouns that hold a statement, and how its words begin: a that-clause, an infinitive, a phrase with "for"."""

_QUOTING = """say tell comment summarize write add reply respond ask note explain argue tweet insist continue declare warn conclude remark
recall recount joke quip claim state announce complain observe shout report read"""

QUOTING = frozenset(
    form
    for lemma in _QUOTING.split()
    for form in inflect(lemma)
    if form.endswith(("s", "ed", "d", "e", "te")) or form in ("told", "say")
)
"""Finite forms that stand beside a quotation, whatever the tagger makes of them."""

DECLINING = frozenset("decline declines declined declining refuse refuses refused refusing".split())
"""Verbs whose subject does not say what stands behind them."""

DENYING = frozenset("deny denies denied denying".split())
"""Verbs whose subject did not say what stands behind them: "denied saying …"."""

SPEAKING = frozenset("comment elaborate answer respond discuss speak talk name identify disclose provide give".split())
"""Infinitives that somebody declines."""
