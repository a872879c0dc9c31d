"""English words that turn others round, as data: what denies, makes a condition, gives as somebody else's, or asks. For
what a quotation leaves out (`rag.cuts`) and for the check of a chat model's sentences (`rag.answering.checking`)."""

from __future__ import annotations

NEGATORS = frozenset(
    "not no never none nobody nothing neither nor nowhere without cannot hardly barely scarcely".split()
)
DENIALS = frozenset(
    """deny denied denies denying refuse refused refuses refusing reject rejected rejects rejecting dismiss
    dismissed doubt doubted doubts false untrue wrong mistake mistaken myth lie lies unlikely impossible avoid
    avoided prevent prevented fail failed fails failing lack lacked lacks instead against ruled stop stopped""".split()
)
"""They turn a claim round without a negator."""
DENYING = frozenset(
    """deny denies denied denying refute refutes refuted refuting dispute disputes disputed disputing rebut rebuts rebutted
    rebutting repudiate repudiates repudiated repudiating""".split()
)
"""Verbs, in all forms, whose object their subject holds untrue."""

CONDITIONS = frozenset("if unless whether until suppose provided otherwise yet".split())

# -- of a quotation that is cut out of a longer sentence: what the words left out do to those kept (`rag.cuts`) ------

TOLD = frozenset("tell told tells telling asked asks urged warned".split())
CUT_NEGATORS = NEGATORS | {"unless", "except", "rather"}
NARROW = frozenset("without rather except".split())
"""Of them those that deny no more than the words right behind them."""
CUT_DENIALS = (
    DENIALS | DENYING | frozenset("lied lying joked joking wished wish pretended far-from".split())
) - frozenset("against instead ruled prevent prevented lack lacked avoid avoided".split())
"""Left out in front, they turn what follows: "I deny that …", "it would be wrong to say …"; not "the case against …"."""
CUT_CONDITIONS = (CONDITIONS - {"otherwise", "yet", "suppose"}) | frozenset("providing assuming lest".split())
CONDITION_PHRASES = frozenset("as-long-as so-long-as in-case on-condition only-when only-after only-once".split())
NO_CONDITIONS = frozenset(
    """even-if if-anything if-not if-ever if-only whether-or as-if if-you-look if-you-think if-you-ask if-you-like
    if-you-will if-you-remember if-you-recall if-you-consider""".split()
)
"""Idioms in which such a word makes no condition."""
NO_NEGATORS = frozenset(
    """no-doubt no-question no-wonder no-matter no-later no-sooner no-more no-less no-fewer without-doubt
    without-question not-only not-just not-merely not-least or-not if-not""".split()
)
AFFIRMED = frozenset("forget ignore overlook stress emphasise emphasize overstate repeat".split())
"""Behind a negator they affirm: "we must not forget that …", "I can't stress enough that …"."""
POSED = frozenset("suppose supposing imagine".split())
"""At its beginning they make a sentence an assumption."""
ASKING = frozenset("ask asks asked asking wonder wonders wondered wondering know knows see sure tell doubt".split())
"""Before "if" or "whether" they make a question of it."""
MOMENTS = frozenset(
    """then now recently today tomorrow tonight yesterday monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december spring summer autumn fall winter
    christmas easter last next late early mid the-end""".split()
)
"""Behind "until" they tell a time, not a condition."""
GIVING = frozenset(
    """say says said saying claim claims claimed claiming allege alleges alleged alleging argue argues argued arguing think
    thinks thought thinking believe believes believed believing insist insists insisted insisting tell tells told telling
    assert asserts asserted suggest suggests suggested suggesting contend contends contended complain complains complained
    pretend pretends fear fears feared suspect suspects suspected assume assumes assumed imagine imagines imagined
    predict predicts predicted warn warns warned promise promises promised vow vows vowed accuse accuses accused write
    writes wrote shout shouts shouted ask asks asked answer answers answered reply replies replied add adds added read
    reads""".split()
)
"""Verbs that give what follows as somebody's words or view, without standing up for it as "know" or "show" do."""
RUMOURS = frozenset(
    """claim claims allegation allegations accusation accusations rumour rumours rumor rumors idea notion suggestion theory
    myth lie belief view fear""".split()
)
"""Nouns that do so in front of "that"."""
HELPING = frozenset(
    """am is are was were be been being have has had having do does did will would can could may might must should shall
    always never often also still really just only now then even ever simply sometimes already keep keeps kept
    not""".split()
)
"""They stand between a subject and its verb."""
BEGINNING = frozenset(
    """i we you he she it they there this that these those who what my our your his her its their the a an no some many
    most all every each both one people nobody everybody nothing everything if when will would can could may might must
    should is are was were have has had do does did""".split()
)
"""Behind "and" they begin a clause of its own."""
GIVEN = frozenset("when while although though because whereas after once".split())
"""What these begin is told as so, whatever the clause before denies; and the other way round."""
QUESTIONING = frozenset(
    """who whom whose what which why how where when is are was were am do does did has have had can could will would should
    may might must shall isn't aren't wasn't weren't don't doesn't didn't can't couldn't won't wouldn't shouldn't""".split()
)
"""At the beginning of a sentence they show that it is a question."""
