"""How questions are worded, as data: patterns over text with straight quotes."""

from __future__ import annotations

import re

_SAY = "|".join(
    [
        *(
            rf"{verb}(?:s|es|d|ed)?"
            for verb in """accuse acknowledge admit advise agree allege anticipate announce answer apologise apologize argue ask assess attribute believe blame
            boast brag call caution characterise characterize claim clarify comment compare complain concede conclude condemn confess
            confirm consider contend credit criticise criticize declare defend demand deny describe discuss disagree dismiss doubt downplay
            emphasise emphasize envisage envision estimate expect explain fear feel forecast foresee hint hope imagine insist interpret joke judge justify lament liken maintain
            mention note object observe oppose pledge praise predict promise propose react reckon recommend regard regret reiterate reject
            remark remember repeat reply respond reveal say see speak speculate state stress suggest support talk tell theorise theorize think
            tweet urge view vow want warn welcome wonder worry write""".split()
        ),
        "denies|justifies|replies|worries|denied|justified|replied|worried|regretted|said|saw|spoke|told|thought|felt|wrote|foresaw|quoted|advice",
        "testify|testifies|testified|impl(?:y|ies|ied)|find out|found out|bring up|brought up|points? out|pointed out|touch(?:es|ed)? on",
        r"recall(?:s|ed)?(?= (?:about|of|from|when|how)\b)",  # not the cars that a firm recalls
        "make of|made of|call for|called for|give as|gave as|plan to|account(?:s|ed)? for|sums? up|summed up|look back on",
        "hits? back|lash(?:es|ed)? out|push(?:es|ed)? back|points? to|pointed to|rules? out|ruled out|means? by|meant by",
        r"(?:finds?|found|discover(?:s|ed)?)(?= (?:about|regarding)\b)",
    ]
)
_SAYING = r"saying|telling|claiming|arguing|suggesting|warning|calling for|asking|demanding|proposing|promising|thinking|doing about"
_AUX = r"(?:did|does|do|has|have|had|would|will|might|could|should)(?:n't)?"
_BETWEEN = r"(?: (?!is |was |are |were )[\w'-]+){0,8}?"
_ASKING = (
    r"^(?:so |but |and |then |also |well,? )*"
    rf"(?:(?:(?:what|which)(?P<asked>{_BETWEEN})|how (?:many|much)(?P<counted>{_BETWEEN})|(?:how|why|where|when|who|whom){_BETWEEN}) )?"
)
_HOW_MUCH = r"(?:many|few)\b|(?:much|long|far|often|soon|likely|big|old|little)\b(?! (?-i:[A-Z]))"
_SPEAKER = r"(?P<speaker>(?!there\b|it\b|this\b|that\b).+?)(?: himself| herself| themselves| itself)?"
_NO_NAME = r"(?-i:(?![A-Z])|(?=Say|Think|Tell))(?<!\bthe )(?<!\bof )(?<!'s )(?<!s' )"
"""No verb: "State" in "the Secretary of State", "judge" in "the judge", "plan" in "the council's plan to"."""
_ADVERBS = r"(?: ever| really| actually| also| already| later| then| once| still| not| n't| been)*"
_QUESTION_WORD = r"(?:what|how|why|where|when|which|who|whom|whose|did|does|do|has|have|had|is|was|are|were)\b"
_END = r"(?P<topic>.*)$"

_WHICH_ONE = r"(?: (?:current|present|first|initial|original|earlier|previous|latest|last|recent|new|final|own|main|key|overall|general|public|official|stated)){0,2}"
_NEWS = (
    r"(?:the|this|that|these|those|his|her|its|their) (?:[\w'-]+ ){0,3}?(?:news|announcements?|verdicts?|decisions?|criticism|critique"
    r"|results?|votes?|defeat|loss|rulings?|reviews?|reports?|reactions?|accusations?|allegations?|claims?|charges?|ideas?|proposals?"
    r"|plans?|comments?|remarks?|apology|offer)\b|(?:it|that|this)\b(?=\s*(?:\?|$))"
)
"""What somebody takes well or badly, unlike an office or a train."""
_MOOD = (
    r"(?:un)?happy|angry|upset|worried|concerned|alarmed|afraid|scared|sceptical|skeptical|critical|disappointed|frustrated|pleased"
    r"|glad|proud|relieved|sad|sorry|grateful|thankful|optimistic|pessimistic|hopeful|confident|sure|convinced|(?:un)?certain|opposed"
    r"|surprised|shocked|excited|tired|fed up|cautious|wary|doubtful"
)
SAID = [
    re.compile(pattern + _END, re.IGNORECASE)
    for pattern in (
        # how was the flight for X?  (a known speaker only)
        r"^(?:and |but |so )?(?:how (?:was|were|is|are|did|does|do)|what (?:was|were|is|are)(?= [^?]+ like )) (?P<front>[^?,]+?)(?: like| go)?"
        r" for (?P<speaker>(?P<loose>)(?-i:[A-Z])[^?,]*|him|her|them)(?=\W*$)",
        # …, according to X; in X's view; as X sees it
        r"^(?P<front>.*)\baccording to (?P<speaker>[^?,]+)",
        r"^(?P<front>.*?),? in (?P<speaker>[^?,]+?)(?:'s|s') (?:view|opinion|eyes|words|telling|judge?ment|account|mind)\b",
        r"^(?P<front>.*?),? as (?P<speaker>[^?,]+?) (?:sees|saw|remembers|remembered|tells|told|puts|put|describes|described|explains|explained|recalls|recalled) it\b",
        # what did the mayor say about …; how did X respond to …; why did X say …; did X say …
        _ASKING + rf"{_AUX} {_SPEAKER}{_ADVERBS} {_NO_NAME}(?:{_SAY})\b",
        rf"^(?:and )?(?:does|did|do) {_SPEAKER} finds?\b(?! out\b)",
        rf"^(?:and )?what (?:does|did|do) {_SPEAKER} hold against\b",
        # how did X take the news?  (a known speaker only)
        rf"^(?:and )?how (?:does|did|do|has) (?P<speaker>(?P<loose>)[^?]+?) (?:take|taken|receive|received) (?={_NEWS})",
        # Ann Pell about …?  (a known speaker, or a full name, and nothing else)
        rf"^(?!{_QUESTION_WORD})(?P<speaker>(?P<loose>)(?P<short>)(?-i:[A-Z][\w.'-]*(?: [A-Z][\w.'-]*)*)) about\b(?! to\b)",
        # what is X saying about …
        _ASKING + rf"(?:is|was|are|were) {_SPEAKER}{_ADVERBS} (?:{_SAYING})\b",
        # what X said about …
        rf"^(?:what|how|why|everything|anything|all)(?: that)? (?!(?:{_AUX}|is|was|are|were|isn't|wasn't|aren't|weren't)\b|{_HOW_MUCH})(?P<speaker>.+?) (?:has |had )?(?:{_SAY})\b",
        # what is X's position on …; where does X stand on …
        rf"^(?:and )?what(?:'s| is| was| are| were) (?P<speaker>.+?)(?:'s|s')?{_WHICH_ONE} (?:position|view|views|stance|opinion|take|reaction|response|line|explanation"
        r"|advice|message|words|comments?|statements?|thoughts|attitude|feelings)\b(?: (?:on|about|of|to|towards?|regarding))?",
        r"^(?:and )?what(?:'s| is| was| are| were) (?P<speaker>.+?)(?:'s|s'|(?<=\bhis)|(?<=\bher)|(?<=\btheir)) (?:problems?|issues?|complaints?|concerns?|worr(?:y|ies)|fears?|hopes?|plans?|verdicts?|memory|memories"
        r"|accounts?|criticisms?|objections?|assessments?|arguments?|reasons?|recollections?|testimony|warnings?|predictions?|demands?)\b(?: (?:on|about|of|to|regarding|with|for))?",
        # what was X's answer to …?  (a known speaker only)
        r"^(?:and )?what(?:'s| is| was| are| were) (?P<speaker>(?P<loose>).+?)(?:'s|s'|(?<=\bhis)|(?<=\bher)|(?<=\btheir)) (?:\w+ )?(?:answers?|repl(?:y|ies)|excuses?|defen[cs]e"
        r"|retort|rebuttal|apology|promises?|pledges?|theory|theories|guess|impressions?|tribute|descriptions?|justifications?|conclusions?|intentions?|plea|prognosis"
        r"|outlook|forecast|expectations?|thinking|word|reasoning|interpretation|tips?)\b(?: (?:on|about|of|to|regarding|with|for|towards?))?",
        r"^(?:and )?where (?:does|did|do|is) (?P<speaker>.+?) (?:stand|standing)\b",
        r"^what (?:advice|reasons?|explanation|answer|view|opinion|comments?|response|assurances?|guarantees?|promises?|pledges?|warnings?"
        r"|commitments?|hints?|excuses?|apology|assessment|verdict|examples?|criticisms?|defen[cs]e)(?: (?:did|does|has|do|had))? (?P<speaker>.+?) (?:give|gives|given|gave|offer|offered|have|make|made)\b",
        # what was the reaction of X to …?  (a known speaker only)
        r"^(?:and )?what(?:'s| is| was| are| were) the (?:positions?|views?|stance|opinions?|reactions?|responses?|attitude|thoughts) of (?P<speaker>(?P<loose>).+?) (?=(?:on|about|to|towards?|regarding)\b)",
        # X on …?  (a known speaker, or a full name)
        rf"^(?!{_QUESTION_WORD}|(?:on|at|in|to|for|from|by|with|of) (?:what|which|whose|whom)\b)(?P<speaker>(?P<loose>)(?P<short>)[^?]+?) on\b(?! (?:mon|tues|wednes|thurs|fri|satur|sun)day)",
        # statements/quotes by X about …
        r"^(?:give me |show me |list )?(?:all |every |the )?(?:statements?|quotes?|quotations?|comments?|remarks?|words) (?:by|of|from) (?P<speaker>.+?)(?= (?:on|about|regarding)\b|\?|$)",
        # X's reaction to …  (a known speaker only)
        rf"^(?!{_QUESTION_WORD})(?P<speaker>(?P<loose>)[^?]+?)(?:'s|s')? (?:position|views?|stance|opinion|take|reaction|response|thoughts|verdict|comments?|statements?|remarks?|quotes?|testimony|words|advice|complaints?|warnings?)"
        r" (?:on|about|of|to|regarding)\b",
        # why is X unhappy about …?  (a known speaker only)
        rf"^(?:and )?(?:(?:why|how) )?(?:is|was|are|were)(?:n't)? (?P<speaker>(?P<loose>)[^?]+?) (?:so |not |no longer |still )?(?=(?:{_MOOD}) (?:about|by|of|that|to|with|at|over|for)\b)",
        # why is X against …?  (a known speaker only)
        r"^(?:and )?(?:why|how come) (?:is|was|are|were)(?:n't)? (?P<speaker>(?P<loose>)[^?]+?) (?:(?:so|not|still|firmly|strongly) )*(?:against|in favou?r of)\b",
        # how worried is X about …?  (a known speaker only)
        rf"^(?:and )?how (?P<asked>{_MOOD}) (?:is|was|are|were) (?P<speaker>(?P<loose>)[^?]+?) (?=(?:about|by|of|that|with|at|over)\b)",
        # did he name a price?  (after a question about him only)
        _ASKING + rf"(?:{_AUX}|is|was|are|were|can|must|may|won't|can't) (?P<speaker>he|she|they)\b",
    )
]
"""Each gives `speaker` and `topic`; `loose` marks those that hold only for a speaker the archive knows."""

ABOUT = re.compile(r"\b(?:about|on|regarding) \w", re.IGNORECASE)
ACCORDING = re.compile(r",? ?\baccording to [^?,]+,?", re.IGNORECASE)
TIME_FIRST = re.compile(
    r"^(?P<time>(?:in|during|since|after|before|until|on|last|this)\b[^,?]{3,24}), (?P<rest>(?:what|who|how|why|where|which|did|does|has)\b.*)$",
    re.IGNORECASE,
)
"""A question behind something that may be a time, "in March, what did …"."""
AHEAD = re.compile(
    r"\b(?:sees?|expect\w*|predict\w*|forecast\w*|foresee\w*|anticipat\w*|plans? to|hop(?:e|es|ed|ing))\b",
    re.IGNORECASE,
)
"""Verbs whose time is that of what they look ahead to."""

WHO = re.compile(
    r"^(?:and |so )?(?:who|whom|whose|which(?! (?:words?|phrases?|terms?|names?|titles?)\b))\b", re.IGNORECASE
)
FEELING = (
    "worried|concerned|sceptical|skeptical|unhappy|angry|pleased|opposed|afraid|unconvinced|convinced|optimistic|pessimistic|hopeful"
    "|confident|surprised|shocked|disappointed|frustrated|upset|wary|supportive"
)
_VOICED = (
    r"said|says|saying|say|criticis\w+|criticiz\w+|condemn\w*|called|calls|call|calling|defend\w*|support\w*|oppos\w+"
    r"|object\w*|demand\w*|urg\w+|warn\w*|claim\w*|argu\w+|disagree\w*|agree\w*|den(?:y|ies|ied)|think\w*|thought|believ\w+|want\w*"
    r"|prais\w+|welcom\w+|reject\w*|blam\w+|accus\w+|complain\w*|predict\w*|promis\w+|insist\w*|describ\w+|react\w*"
    r"|responded|sp(?:oke|eaks?|oken)|talk\w*|critical|against|in favou?r|ask\w*|backed|backs|attacked|denounced|mocked|questioned|quit"
    r"|worr(?:y|ies|ied)|fear(?:s|ed)?|doubt(?:s|ed)?|comment\w*|ha(?:d|s|ve) (?:an? |any |some |no |strong )?(?:doubts?|concerns?|misgivings|reservations?|views?|opinions?|objections?|worries|fears)|g(?:a|i)ven? (?:an? |any |some |their )?(?:views?|opinions?|verdicts?|assessments?)|gives (?:an? )?(?:view|opinion)|rais\w+ (?:doubts|concerns|alarm\w*)|voic\w+|express\w+"
    r"|stands? up for|stood up for|slam\w*|blast\w*|applaud\w*|endors\w+|dismiss\w*|disput\w+|challeng\w+|push\w* for|press\w* for|vow\w*|pledg\w*"
    r"|told|tells?|testif\w+|hop(?:e|es|ed|ing)|expect\w*|suggest\w*|estimat\w+|recommend\w*|compar\w+|liken\w*|jok(?:e|es|ed)|not(?:e|es|ed)|stress\w*|emphasi\w+"
    r"|laud\w*|hail(?:s|ed)?|rebuk\w+|ridicul\w+|scold\w*|c[ao]mes? out (?:against|in favou?r)"
    r"|sided with|weigh(?:s|ed) in|sees"
    r"|pa(?:id|ys?) (?:\w+ )?(?:tributes?|respects?|homage)|mourn\w*|honou?red|eulogi[sz]\w*|lament\w*|salut(?:es?|ed)|commemorat\w*|remembered|thank(?:s|ed)"
    r"|congratulat\w*|commend\w*|threaten\w*|s(?:poke|peaks?) (?:up|out)|com(?:es?|ing) to \S+ defen[cs]e|implor\w*|plead(?:s|ed)?|begg(?:ed|ing)|appeal(?:s|ed) (?:for|to)"
    r"|lashed out|hit (?:out|back)|push(?:es|ed) back|contend\w*|maintain(?:s|ed) that|assert\w*|announc\w*|declar\w*|lobbied|advocat\w*|favou?r(?:s|ed)|propos(?:es?|ed)"
    r"|admit\w*|acknowledg\w+|conced\w+|regret\w*|apologi\w+|remark\w*|recall\w*|caution\w*|mention\w*|rul(?:e|es|ed) out|tweeted|reckon\w*|consider\w*"
    rf"|(?:{FEELING})(?= (?:about|by|of|that|to|with|at|over)\b)"
)
_ADVERB = (
    r"(?:has|have|had|did|does|do)(?:n't)?|not|been|also|really|first|publicly|still|now|openly|even|ever"
    rf"|(?:is|was|are|were)(?:n't)?(?= (?:not )?(?:critical|against|in favou?r|{FEELING}|(?!being)\w+ing\b))"
)
_WHERE = (
    r" (?:in|at|from|of|on|among|inside|outside) (?:the |a |an |his |her |their |its )?"
    r"(?-i:[\w'&-]+(?: (?:of |the |for |and )?[A-Z][\w'&-]*)*)(?: [\w'-]+){0,2}?"
)
"""Where those who said it are, "who in Ottersby"."""
_OBJECT_OF = r"that (?:(?-i:[A-Z])|the |an? |he |she |they )"
"""A clause in which somebody else speaks, "the record that Tarn Rail wants"."""
WHO_SAID = re.compile(
    rf"^(?:and |so |but )?(?:who(?: else)?(?P<where>{_WHERE})?|which(?: (?!(?:is|was|are|were|has|have|had|did|does|do|a|an)\b|{_OBJECT_OF})[\w'-]+)+?|what (?!(?:is|was|are|were|did|does|do|has|have|had|would|will)\b)[\w' -]+? who)"
    rf"(?: else)?(?: (?:{_ADVERB}))*? (?P<verb>(?:{_VOICED}))\b(?P<topic>.*)$",
    re.IGNORECASE,
)
NOT = re.compile(r"n't\b|\bnot\b", re.IGNORECASE)
_NO_VERB = rf"(?!(?:{_VOICED})\b)[\w'-]+"
AMONG = re.compile(
    rf"^(?:and |so |but )?(?:which|what) (?P<whom>(?:{_NO_VERB} ){{0,2}}?(?:{_NO_VERB}(?<=s)|people|men|women|media)|[\w'-]+(?: [\w'-]+)??)"
    r" (?:has|have|had|also|first|publicly|who|\w+[dst])\b",
    re.IGNORECASE,
)
"""Of "which ministers criticised …": the ministers."""
OF_GROUP = re.compile(r" (?:of|among) (?:the |his |her |their )?(?P<whom>[\w'& -]+(?<=s))$", re.IGNORECASE)
"""Behind "who": the group that is asked about, "of the House Republicans"."""
REACTIONS = re.compile(
    r"^(?:what (?:are|were|was|is|have been) (?:the )?(?:reactions?|responses?)|(?:list|show|give)(?: me)? (?:all )?(?:the )?(?:reactions?|responses?)"
    r"|(?:the |all )?reactions?|how (?:did|do|have|has|are) (?:people|everyone|others|the world|(?:the |local |other |some )?(?P<whom>(?-i:[a-z][\w-]+(?<![su'])s))) (?:react\w*|respond\w*|tak\w+|receiv\w+))\b(?: (?:to|on))?",
    re.IGNORECASE,
)
"""Everybody's words on something."""
SIDE = re.compile(
    rf"^(?:and |so |but )?what (?:{_AUX}|are|were) (?:the |its |his |her |their |some |many |other )?"
    r"(?:(?P<against>critics|opponents|detractors|objectors|sceptics|skeptics)|supporters|backers|defenders|advocates|proponents)"
    rf"(?: of (?P<of>.+?))? (?:{_SAY}|{_SAYING})\b(?P<topic>.*)$",
    re.IGNORECASE,
)
"""What those say who are on one side of something."""
REALLY = re.compile(r"\b(?:really|actually|ever|say|said|truly|quoted)\b", re.IGNORECASE)
QUOTED = re.compile(r'(?<![^\W_])["](.{2,}?)["]|(?<![^\W_])[\'](?=\S)((?:(?!\' ).){2,}?\S)[\'](?![^\W_])')
SPOKEN = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|call(?:ed|s|ing)?|words?|wrote|told|quot\w+|describ\w+|thinks?|thought|asked)\b",
    re.IGNORECASE,
)
"""Outside quoted words: that somebody said them, where a title is only quoted."""
SPOKEN_ABOUT = re.compile(r"\b(?:about|on|of|regarding)$", re.IGNORECASE)
"""Before quoted words that somebody speaks about and need not have said."""
ASKS_ON = re.compile(r"^(?:and |so |but )?(?:what|how|why)\b", re.IGNORECASE)
SAID_SO = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|wrote|writes?|that|words?|quoted|call(?:ed|s)?(?: \w+)*|as)[,:]?$", re.IGNORECASE
)
"""Before quoted words that somebody said."""
TITLE = re.compile(r"(?-i:(?:[A-Z0-9][\w'&.:-]*|[a-z]{1,3})(?: |$))+")
"""Of words that all have capitals but the small ones: a title."""
WHICH_WORD = re.compile(
    r"^(?:and )?(?:which|what) (?:\w+ )?(?:words?|phrases?|terms?|expressions?|names?|slogans?|titles?)\b",
    re.IGNORECASE,
)
"""A question for a word, and not for whose it is."""
QUOTE_WORDS = 3
"""Fewer words can't be told from a common phrase."""

WISH = re.compile(
    r"\b(?:wants?|wanted|demand(?:s|ed|ing)?|call(?:s|ed|ing)? for|ask(?:s|ed|ing)? for)\b", re.IGNORECASE
)
WISH_TERMS = frozenset(
    "want call demand urg petit ask seek sought need request propos plan campaign hope wish push press".split()
)
"""Stems of the verbs and nouns by which articles say what somebody wants without quoting them."""

CLAUSE = re.compile(r"\b(?:when|while|because|until|been|do about)\b", re.IGNORECASE)
FULL_NAME = re.compile(
    r"[A-Z][\w'-]+(?: (?:[A-Z]\.?|de|da|di|la|le|van|von|der|den|bin|ibn|al|el|of|the))*(?: [A-Z][\w'-]+)+"
)
SENTENCE_ENDS = re.compile(
    r"(?<=[?!])\s+|(?<=[a-z\d][.:;])\s+(?=(?:(?:and|but|so) )?(?:what|how|why|did|does|has|have|is|was)\b)|\s+-+\s+(?=(?:what|how|why|did|does|has|have|is|was)\b)",
    re.IGNORECASE,
)
"""Before a question that follows another, or a statement: "Pell and the ferry: what has she said?"."""
BEFORE_SUBJECT = re.compile(
    r"^(?:(?:and|but|so|what|how|why|when|where|about|did|does|do|has|have|had|is|was|are|were|will|would|can|could|should|might|must)(?:n't)?\b[, ]*)*",
    re.IGNORECASE,
)
BEHIND_SUBJECT = re.compile(r"^[\s,:;-]*(?:(?:and|or|on|about|with|over)\b\s*)?", re.IGNORECASE)
ONLY_ASKS = re.compile(
    r"(?:^|(?<=\?) )(?P<and>(?:and|but|so) )?(?P<ask>(?:what|how) (?:has|have|did|does|do|is|was) (?:he|she|they)(?: ever| actually| himself| herself)*"
    r" (?:say|said|saying|think|feel)\b(?: (?:about|on|of|to) (?:it|that|this|them))?\s*\??)$",
    re.IGNORECASE,
)
"""A question for nothing but words on what was asked before it: "what has he said?"."""
INTENT = re.compile(
    r"^(?:(?:still|ever|even|really)\b\s*)*(?:going|planning|hoping|prepared|ready|willing|about|meaning|minded) to (?=\w)|^(?:thinking of|considering) (?=\w)",
    re.IGNORECASE,
)
"""The beginning of a topic that only says that it lies ahead: "going to resign"."""
OF_IT = re.compile(r"^(?:(?:about|on|of|to)\b\s*)?(?:it|that|this|them|so|there)\W*$", re.IGNORECASE)
"""In the place of a speaker: that it goes on past them, "Pell been away when she"."""
NOBODY = frozenset(
    "there it this that these those what who people anyone anybody someone somebody everyone they all you we i one".split()
) - {"they"}
PRONOUNS = frozenset("he she they him her them it his hers their".split()) - {"it"}
OF_WOMEN, OF_MEN = frozenset("ms mrs miss lady dame madam".split()), frozenset("mr sir lord".split())
"""Titles that tell."""
UNTOLD = (
    NOBODY
    | PRONOUNS
    | frozenset(
        "a an the some few many most several other others another both none two three number of whom which".split()
    )
)
"""Words that alone, or with each other, don't say who it is: "he", "some of whom"."""
TOPIC_LEAD = (
    r"^(?:(?:(?:something|anything) (?:about|on|regarding)|about|on(?! (?:the )?(?:\d|[a-z]{3,9}\.? \d))|regarding|concerning|(?:up|out) (?:for|in favou?r of|against)|of|to|for|with|that|whether|if|as|over|in response to|was|is|are|were|does|did|can(?!')|might|could"
    r"|would|should|will|the idea of|what|why|how (?:many|much|long|far|often|soon|likely)|how|it that)\b[\s,]*)+"
)

TOLD = re.compile(r"\b(?:tell(?:s|ing)?|told|remind(?:s|ed)?|warn(?:s|ed)?|assured?)$", re.IGNORECASE)
ADDRESSEE = re.compile(
    r"^\s*(?:(?-i:[a-z])[\w'.&-]* ){1,4}?(?=(?:about|regarding|that|why|how|whether|what) \w)", re.IGNORECASE
)
"""Behind such a verb: who was told, where what they were told follows. A name stays: it may tell which words are meant."""
BESIDES = re.compile(
    r",? (?:besides|other than|apart from|aside from|except(?: for)?|in addition to) "
    r"(?P<names>[A-Z][\w.'-]*(?:(?: of(?: the)?|,? and|,)? [A-Z][\w.'-]*)*(?= [a-z])(?! (?:of|from|at|for|in|and)\b)"
    r"|[A-Z][^?]*?(?=,? ?(?:\?|$)|, [a-z])|(?<=, besides )[a-z][^,?]+(?=,)),?"
)
"""Whom a question for others names, up to its verb or its end."""
NAMED_FIRST = re.compile(
    rf"^(?:(?:and|but|what about|how about|as for) )*(?!{_QUESTION_WORD}|according\b)(?P<name>[^,?:]{{2,60}})(?:,|:| -+) (?P<rest>(?:what|how|why|where|when|who|which|does|did|do|is|was|has|would|will|can)\b.*)$",
    re.IGNORECASE,
)
"""Whom it is about, then the question with a pronoun: "what about Pell, does she …?" """
SUBJECT = re.compile(r"\b(?:he|she|they)\b|(?<=\bfor )(?:her|him|them)(?=\W*$)", re.IGNORECASE)
PRONOUN_SUBJECT = re.compile(
    rf"^(?P<before>(?:(?:and|but|so) )?(?:(?:what|how|why|when|where)(?: [\w'-]+){{0,3}}? )?(?:{_AUX}|is|was|are|were) )(?:he|she|they)\b",
    re.IGNORECASE,
)
OF_ONE = {"do": "does ", "have": "has ", "are": "is ", "were": "was "}
OF_SEVERAL = re.compile(r"\b(do|have|are|were) (?:both )?$", re.IGNORECASE)
"""A verb of which several are the subject, and the same of one."""
WHY = re.compile(
    r"^(?:and |but |so )?why (?:did|does|do|has|have|had|is|was|were|would|will)(?:n't)? (?=\S)", re.IGNORECASE
)
A_THING = re.compile(
    rf"^(?:and |but |so )?(?:(?:at|in|for|to|of|on|with|from) )?(?:which\b|what (?!{_AUX}\b|is\b|was\b|are\b|were\b))",
    re.IGNORECASE,
)
"""A question for one thing of a kind: "which pilots", "what sum"."""
ASKS_WORDS = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|tell(?:s|ing)?|told|thinks?|thought|thinking|feels?|felt|believ\w+|sees?|saw|view\w*|describ\w+|explain\w*"
    r"|respond\w*|react\w*|consider\w*|recommend\w*|advis\w+|suggest\w*|hop(?:e|es|ed|ing)|argu\w+|comment\w*|talk\w*|sp(?:eak|oke)\w*"
    r"|stands?|reasons?|explanations?|answers?|opinions?|positions?|messages?|advice|according)\b",
    re.IGNORECASE,
)
"""What somebody must have said themselves; a promise or a demand the articles may tell of."""
DOES = re.compile(r"[a-z][\w-]* [a-z]+ing (?=the |an? |[A-Z])")
"""The beginning of who is told by what they do: "firm running Tarn Rail"."""
HE_OR_SHE = re.compile(r"\b(?:say|said|says|think|thinks|thought) (?:that )?(?:he|she)\b", re.IGNORECASE)
EMPTY_TERMS = frozenset(
    "anyth someth everyth say said else happen thing more exact really actual ever also then just know whi".split()
)

FOREIGN = frozenset(
    """que qué quoi dit dijo sobre les des une est qui pour dans avec sur el los las una por como cómo quién dónde cuándo
    was hat gesagt über der die das und ist nicht ein eine wer wie wo wann warum wat zei het een niet cosa detto che della
    il lo gli sul sulla perché o os uma disse foi não kua te ki nga ngā aha wai""".split()
) - {"was", "die", "o"}
"""Function words of languages that people may try."""

SUMMARY = re.compile(
    r"^(?:please )?(?:(?:can|could) you )?(?:summari[sz]e|sum up|(?:give|write|show)(?: me)? (?:a|the) (?:short |brief )?summary of|(?:a |the )?summary of"
    r"|what (?:does|did) the (?:article|story|report|piece) (?P<lead>about|on) (?P<named>.+?) say\b|what(?:'s| is) the (?:article|story|report|piece) (?:about|on))"
    r"\s*(?:what (?:is|was) (?:said|written) (?:about|on)\s+)?(?:the |this )?(?:(?:article|story|report|piece|news|coverage)s?\b\s*)?(?:(?:about|on|of)\s+)?(?P<topic>[^?]*)",
    re.IGNORECASE,
)  # fmt: skip
"""A summary of one article."""
REASON = re.compile(r"\s(?:(?:for|over) (?:\w+ing|his|her|its|their)|because|when|after)\b", re.IGNORECASE)
"""Where, of somebody who is criticised, what for begins: "Pell for moving to Tarn"."""
AGAINST_VERBS = re.compile(
    r"\b(?:criticis|criticiz|condemn|oppos|object|disagree|reject|blam|accus|complain|attack|denounc|mock|question|critical|against"
    r"|slam|blast|dispute|protest|resist|challeng|warn)\w*",
    re.IGNORECASE,
)
FOR_VERBS = re.compile(
    r"\b(?:defend|support|prais|welcom|back(?:ed|s|ing)?\b|in favou?r|up for\b|applaud|endors|agree|justif|celebrat|hail)\w*",
    re.IGNORECASE,
)
"""What a question asks for: the first is tried first, so that "disagree" isn't "agree"."""
