"""English words by what they do to a claim, as data for `rag.answering.checking.verify`; those that turn it round are in
`rag.turning`. Lower case, straight quotes."""

from __future__ import annotations


def _table(rows: str) -> dict[str, str]:
    """Each row's words, all standing for its first."""
    return {word: row.split()[0] for row in rows.splitlines() for word in row.split()}


FUNCTION = frozenset(
    """about a an the this that these those it its itself himself herself themselves he him his she her hers they them
    their theirs we us our ours ourselves i me my mine myself you your yours who whom whose which what there
    here be am is are was were been being have has had having do does did doing and of to in on at by for
    from with as into than so such also very just then further meanwhile however 's o re ve d m ll""".split()
)
"""Words that carry no claim of their own here. Others that are often called stop words ("against", "before", "only",
"up") do carry one, and must be in the passage."""

LINKS = _table(
    """be am is are was were been being
by
to
from
for
with
than
into
of
in
on
at
as
and
i me my mine myself
we us our ours ourselves
you your yours yourself
about
so
then
though although
while whilst
whereas"""
)
"""Function words that tell how the words around them belong together, each with what stands for its row: who did it and
to whom it was done ("sued", "was sued by"), up to what or by how much."""
CONTRASTS = ("but", "while", "whilst", "whereas", "although", "though")
"""A clause begins with them."""
JOINING = frozenset("so then though while whereas".split())
"""Of them those that tell how a clause follows on the one before."""
GOVERNING = frozenset("by to from for with than into of in on at about".split())
"""Of them those that make what follows a part of what stands before: "the sale of the library"."""
SPEAKING = frozenset("i we you".split())
"""Of them those that mean whoever speaks or is spoken to: a report has none that its passage hasn't."""
BINDING = frozenset("be by to from for with than into".split())
"""Between two words that a sentence takes over side by side these must be the same as in the passage."""

PREPOSITIONS = frozenset(
    """after against amid among amongst around before behind beneath beside besides between beyond despite during except
    excluding inside near outside over through throughout toward towards under until within without""".split()
)
"""Others that do, and are telling words."""

BOUNDS = {
    "and": "and", "or": "or", "nor": "or", "that": "that", "how": "that", "why": "that", "whether": "that",
    "who": "who", "whom": "who", "whose": "who", "which": "who", "so": "when", "because": "when", "when": "when",
    "where": "when", "if": "when", "unless": "when", "since": "when", "after": "when", "before": "when",
    "until": "when", "i": "i", "we": "we", "he": "he", "she": "she", "they": "they",
}  # fmt: skip
"""Words with which a part of a sentence begins that may have a subject of its own, or has one, by kind."""
SUBJECTS = frozenset("i we he she they it".split())

WHICH = frozenset("this that next last coming previous following past".split())
TIMES = frozenset(
    """second minute hour day night morning afternoon evening weekend week fortnight month quarter season spring summer
    autumn fall winter year term decade century time monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december christmas easter""".split()
)
"""Nouns of time; with a word of `WHICH` before them that word tells, too: "no cuts this year", "next year"."""
ADVERBS = frozenset(
    "today yesterday tomorrow tonight now then again too once twice already still later earlier soon ago".split()
)

ASSERTING = frozenset("clear true fact find found know show mean sure certain glad sad sorri".split())
"""Stems of words before "that" whose speaker says, too, what follows."""
STORIES = frozenset(
    """film films movie movies novel novels book story tale play drama series episode game song poem dream dreams script
    simulation exercise scenario""".split()
)
"""What is told in them hasn't happened: "In the film, the dam broke"."""

NEUTRAL = frozenset(
    """say says said saying tell tells told telling add adds added adding state states stated stating note notes
    noted noting explain explains explained comment commented remark remarked write writes wrote reply replies
    replied respond responds responded answer answers answered""".split()
)
"""Verbs of reporting that say no more than "said"."""

LOADED = frozenset(
    """acknowledged admitted admits agreed agrees alleged alleges announced announces apologised apologized argued
    argues asked asks asserted believed believes called calls claimed claims complained complains conceded
    confirmed confirms criticised criticized declared declares demanded demands denied denies described
    describes emphasised emphasized estimated expected expects expressed feared fears feels felt hopes hoped
    insisted insists joked pledged predicted predicts promised promises proposed recalled recommended rejected
    rejects revealed stressed suggested suggests thinks thought threatened urged urges vowed wants wanted warned
    warns""".split()
)
"""Verbs of speech and belief that say more than "said": the passage must have them, too."""

CLAIMING = frozenset(
    """acknowledge admit agree allege argue assert believe claim complain concede confirm contend contended contends
    declare deny estimate feel implied implies imply insist maintain maintained maintains predict recall reported
    reveal suggest think vow warn""".split()
)
"""Others, of many people or of writers, that no speaker of a citation is recognised by."""

TITLES = frozenset("mr mrs ms miss mx dr prof professor sir dame lord lady rev".split())
"""In front of a speaker's name; right where the article has them there, too."""
ABBREVIATED = frozenset("mr mrs ms mx dr prof rev st jr sr gov sen rep gen vs".split())
"""A full stop after them ends no clause."""

UNREAL = frozenset(
    """propose proposed proposes proposing proposal plan planned plans planning want wanted wants wanting hope
    hoped hopes hoping intend intended intends intention consider considered considering threaten threatened
    threatens threat try tried tries trying attempt attempted attempts ask asked asks asking request requested
    requests call called calls urge urged urges demand demanded demands offer offered offers option possible
    possibly possibility likely perhaps maybe appear appears appeared seem seems seemed alleged allegedly
    suspected suspect rumour rumoured fear feared fears risk believe believed think thinks thought expect
    expected expects promise promised promises pretend suppose supposed wish wished""".split()
)
"""What follows them hasn't been said to be so."""

MODALS = {
    "will": "will", "would": "will", "can": "can", "could": "can", "may": "may", "might": "may", "should": "should",
    "shall": "should", "ought": "should", "must": "must",
}  # fmt: skip
"""A modal verb by its present form: reported speech shifts "will" to "would"."""

MEASURES = frozenset(
    """only few some most many several either or half nearly almost morethan lessthan upto atleast former too less least
    far used supposedly once
    ex fake mock acting deputy vice alleged possible potential likely unlikely early partly mostly mainly sometimes often
    rarely usually""".split()
)
"""They limit the word after them, and can't be left out."""

AMOUNTS = [
    (r"\b(?:no fewer|no less) than\b", "atleast"),
    (r"\b(?:no more than|at most|as many as|as much as|up to)(?= (?:[$£€]?\d|half|{n}))", "upto"),
    (r"\bat least\b", "atleast"),
    (r"\b(?:more than|upwards of|over|above|in excess of)(?= (?:[$£€]?\d|half|{n}))", "morethan"),
    (r"\b(?:less than|fewer than|under|below)(?= (?:[$£€]?\d|half|{n}))", "lessthan"),
    (r"\b(?:about|around|approximately|roughly|circa|some|an estimated)(?= (?:[$£€]?\d|half|{n}))", "about"),
]
"""Phrases in front of a number; {n} stands for the number words."""

UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
TENS = {word: 20 + 10 * i for i, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
SCALES = {
    "hundred": 100, "dozen": 12, "thousand": 1000, "k": 1000, "million": 10**6, "m": 10**6, "mn": 10**6,
    "billion": 10**9, "bn": 10**9, "trillion": 10**12, "tn": 10**12,
}  # fmt: skip
ORDINALS = {
    word: number + 1
    for number, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split())
}
MONTHS = "january february march april may june july august september october november december".split()

SAME = _table(
    """be is are was were been being am
become became becomes becoming
begin began begun begins beginning start started starts starting
break broke broken breaks breaking
bring brought brings bringing
build built builds building
buy bought buys buying
choose chose chosen chooses choosing
come came comes coming
draw drew drawn draws drawing
drive drove driven drives driving
fall fell fallen falls falling
feel felt feels feeling
fight fought fights fighting
find found finds finding
give gave given gives giving
go went gone goes going
grow grew grown grows growing
hear heard hears hearing
hold held holds holding
keep kept keeps keeping
know knew known knows knowing
lead led leads leading
leave left leaves leaving
lose lost loses losing
make made makes making
mean meant means meaning
meet met meets meeting
pay paid pays paying
run ran runs running
see saw seen sees seeing
sell sold sells selling
send sent sends sending
show showed shown shows showing
sign signed signs signing
speak spoke spoken speaks speaking
spend spent spends spending
stand stood stands standing
take took taken takes taking
teach taught teaches teaching
tell told tells telling
think thought thinks thinking
win won wins winning
write wrote written writes writing
percent per-cent
protester protestor protesters protestors demonstrator demonstrators
car cars automobile automobiles
child children kid kids
person people persons
doctor doctors physician physicians
lawyer lawyers attorney attorneys
purchase purchased
covid covid-19 coronavirus
organise organize organised organized
programme program programmes programs
labour labor
colour color
centre center
defence defense
no not
nobody no-one
tv television
around round
though although
while whilst
among amongst
towards toward"""
)
"""Irregular forms, spellings and plain synonyms; other forms are matched by their stem."""
