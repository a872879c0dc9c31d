"""Which words of a sentence belong together: whether a claim that leaves out what stands between two of them still says
what the sentence says. Without a parser: by commas, joining words, prepositions and endings.

A claim is given as pairs (number of its word, number of the sentence's word), in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.answering.checking import claims, wording
from rag.answering.checking.claims import Token

Pairs = Sequence[tuple[int, int]]
_COORDINATING = frozenset(("and", "or", "but"))
_SUBORDINATE = frozenset(("that", "who", "when"))


@dataclass(frozen=True, slots=True)
class Fit:
    """How a claim sits in a sentence."""

    wrong: Token | None = None
    """The claim's word that belongs to another one there, as "Lund" in "Ann lost in Lund" of "Ann won, but Bo lost in Lund"."""
    dropped: frozenset[int] = frozenset()
    """The sentence's words that are left out as a whole: one of two predicates ("hired 12 and"), an aside between commas."""


def fit(pairs: Pairs, wanted: Sequence[Token], tokens: Sequence[Token], cited: Sequence[bool]) -> Fit:
    """Whether all words of a claim lie in one clause, or in clauses that share what the claim takes from the first."""
    dropped: set[int] = set()
    for (i, j), (k, m) in pairwise(pairs):
        gap = _gap(tokens, cited, j, m)
        if not gap.marks:
            continue
        own = frozenset[str]().union(*(t.bounds for t in wanted[i + 1 : k + 1]))
        bound, skipped = gap.marks[-1][1], gap.run + gap.inner + gap.lead
        subject = bound & wording.SUBJECTS
        if subject and not own & wording.SUBJECTS and subject != tokens[pairs[0][1]].bounds & wording.SUBJECTS:
            return Fit(wanted[k])  # that of another clause
        ended = any(";" in marks for _, marks in gap.marks)
        # no second predicate is left out before what the first one shares: "opposed it, cut this and that"
        listed = all(t.name for t in wanted[1 : i + 1]) or len(gap.inner) < len(gap.marks)
        if bound & _COORDINATING:
            coordinated = own & (_COORDINATING | {","})
            fits = not gap.lead and _whole(m, pairs, tokens, cited)
            if coordinated:
                fits = fits and (not gap.run or _trails(tokens[gap.run[0]]))
                dropped.update(gap.inner)
            else:
                fits = fits and not ended and listed and bool(gap.run or gap.inner) and _shared(pairs, j, tokens, cited)
                fits = fits and _closed(gap, j, tokens)
                dropped.update(gap.run + gap.inner)
        elif bound & (_SUBORDINATE | wording.SUBJECTS) or ended:
            fits = not skipped and not ended
        elif gap.run and not gap.lead:  # of a list
            fits = listed and _shared(pairs, j, tokens, cited) and _closed(gap, j, tokens)
            fits = fits and _whole(m, pairs, tokens, cited)
            dropped.update(gap.run + gap.inner)
        else:  # an aside, or one of two adjectives
            fits = (not gap.lead or not (gap.run or gap.inner)) and not _within_relative(pairs[0][1], j, tokens)
            dropped.update(gap.inner)
        if not fits:
            return Fit(wanted[k])
    return Fit(None, frozenset(dropped))


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between two words that a claim puts side by side, by number."""

    marks: Sequence[tuple[int, frozenset[str]]]
    """Words before which there is a bound, the second of the two included, and what bound."""
    run: list[int]
    """Up to the first bound."""
    inner: list[int]
    lead: list[int]
    """From the last bound on."""


def _gap(tokens: Sequence[Token], cited: Sequence[bool], j: int, m: int) -> _Gap:
    here = [n for n in range(j + 1, m + 1) if _tells(tokens[n]) and (cited[n] or n == m)]
    marks = []
    for before, n in pairwise((j, *here)):
        split = any(_tells(tokens[x]) for x in range(before + 1, n))  # “A,” he said, “B” goes on without a bound
        if bounds := tokens[n].bounds - ({","} if split else set()):
            marks.append((n, bounds))
    first, last = (marks[0][0], marks[-1][0]) if marks else (m, m)
    skipped = [n for n in here if n != m]
    return _Gap(
        marks,
        [n for n in skipped if n < first],
        [n for n in skipped if first <= n < last],
        [n for n in skipped if n >= last and marks],
    )


def _tells(token: Token) -> bool:
    return token.kind not in ("break", "gender")


def _trails(token: Token) -> bool:
    """Whether what begins here may be left out behind a whole clause: "in May", "yesterday", "quickly"."""
    word = token.text.lower()
    prepositional = bool(token.links & wording.GOVERNING) or word in wording.PREPOSITIONS
    return prepositional or word in wording.ADVERBS | wording.WHICH or word.endswith("ly")


def _whole(m: int, pairs: Pairs, tokens: Sequence[Token], cited: Sequence[bool]) -> bool:
    """Whether the part that begins with word m is taken over but for what trails: of "the union opposed it" not "the
    union" alone."""
    used = {j for _, j in pairs}
    part = []
    for n in range(m, len(tokens)):
        if n > m and (tokens[n].kind == "break" or tokens[n].bounds):
            break
        if _tells(tokens[n]) and cited[n]:
            part.append(n)
    last = max(n for n in part or [m] if n in used or n == m)
    return next((_trails(tokens[n]) for n in part if n > last), True)


def _shared(pairs: Pairs, j: int, tokens: Sequence[Token], cited: Sequence[bool]) -> bool:
    """Whether what is taken over up to word j begins with the clause, so that its subject is that of the next one, too."""
    first = pairs[0][1]
    if tokens[j].text.lower() in wording.BOUNDS or tokens[first].bounds & _COORDINATING:
        return False
    for n in range(first, 0, -1):
        before = tokens[n - 1]
        if tokens[n].bounds or not cited[n - 1] or before.kind == "break" or before.says:
            return True
        if _tells(before) and not (_trails(before) or before.kind == "number"):
            return False
    return True


def _within_relative(first: int, j: int, tokens: Sequence[Token]) -> bool:
    """Whether the claim begins inside the clause of "who" or "which" that ends with word j."""
    opening = next((n for n in range(j, -1, -1) if tokens[n].bounds), None)
    return opening is not None and opening <= first and "who" in tokens[opening].bounds


def _closed(gap: _Gap, j: int, tokens: Sequence[Token]) -> bool:
    """Whether a subordinate clause that is left out is one in commas, or the word that it hangs on is kept."""
    opened = next((n for n, bound in gap.marks[:-1] if bound & _SUBORDINATE), None)
    return opened is None or opened == j + 1 or ("," in tokens[opened].bounds and "," in gap.marks[-1][1])


def parts(tokens: Sequence[Token]) -> list[int]:
    """Of each word: the number of the part of the sentence that it is in, from one bound to the next."""
    found, number = [], 0
    for token in tokens:
        number += token.kind == "break" or bool(token.bounds)
        found.append(number)
    return found


def misgoverned(
    pairs: Pairs, wanted: Sequence[Token], tokens: Sequence[Token], cited: Sequence[bool], dropped: frozenset[int]
) -> Token | None:
    """The claim's word that stands for another thing than in the sentence, as what it hangs on there is left out: "the
    library" for "the sale of the library", "the strike" for "the strike’s end", "the library" for "the library sale"."""
    for (i, j), (k, m) in pairwise(pairs):
        skipped = [n for n in range(j + 1, m) if _tells(tokens[n]) and cited[n]]
        if not skipped:
            continue
        own = frozenset[str]().union(*(t.links for t in wanted[i + 1 : k + 1]))
        if tokens[m].links & wording.GOVERNING - own:
            return wanted[k]
        if tokens[skipped[-1]].text.lower() in wording.PREPOSITIONS and not tokens[m].bounds:
            return wanted[k]
        narrows = tokens[skipped[0]].links & {"in", "for", "of", "at", "with"} and not _timed(tokens, skipped[0])
        if wanted[k].kind == "number" and narrows and not any(tokens[n].bounds for n in (*skipped, m)):
            return wanted[k]  # "fell among men by 40 per cent", "fell in small firms by 40 per cent"
    i, j = pairs[0]
    if "and" in tokens[j].bounds and any(t.key == "between" for t in tokens[max(j - 2, 0) : j]):
        return wanted[i]  # "Lund" of "the line between Tarn and Lund"
    word = tokens[j - 1].text.lower() if j else ""
    hangs = tokens[j].links & wording.GOVERNING - wanted[i].links or word in wording.PREPOSITIONS - set(wording.BOUNDS)
    if hangs and j and _tells(tokens[j - 1]) and cited[j - 1] and not tokens[j].bounds:
        return wanted[i]  # "the bridge" of "the row about the bridge"
    used = {j for _, j in pairs}
    for i, j in pairs:
        if j + 1 >= len(tokens) or j + 1 in used or not cited[j + 1] or not _tells(tokens[j + 1]):
            continue
        if _owns(tokens[j]) and not _owns(wanted[i]) and not tokens[j + 1].bounds:
            return wanted[i]
        if wanted[i].kind == "word" and j + 1 not in dropped and _heads(tokens, j + 1, used):
            return wanted[i]
    return None


def _timed(tokens: Sequence[Token], n: int) -> bool:
    return tokens[n].kind == "number" or tokens[n].key in wording.TIMES or tokens[n].text.lower() in wording.TIMES


def _owns(token: Token) -> bool:
    return token.text.lower().endswith(("'s", "s'"))


def _heads(tokens: Sequence[Token], n: int, used: set[int]) -> bool:
    """Whether word n, right behind another one, or the words up to the next small one may end with the noun that the other
    only tells more of: "sale" of "the library sale in May", "sales" of "beer sales have fallen"."""
    while True:
        token = tokens[n]
        if token.kind != "word" or token.name or token.links or token.bounds or _trails(token):
            return False
        if n + 1 == len(tokens) or tokens[n + 1].at[0] > token.at[1] + 1 or not _tells(tokens[n + 1]):
            return True
        if n + 1 in used:
            return False
        n += 1


def narrowed(pairs: Pairs, tokens: Sequence[Token], cited: Sequence[bool], dropped: frozenset[int]) -> Token | None:
    """A word of the sentence without which the claim says more than it: any behind "no" or "nobody" in the same part ("no
    cuts this year"), a comparison ("later than midnight"), "among" whom, "people over 60", one half of "near-fatal"."""
    used = {j for _, j in pairs}
    part = parts(tokens)
    for n, token in enumerate(tokens):
        if n in used:
            if token.part and n + 1 < len(tokens) and n + 1 not in used:
                return tokens[n + 1]
            continue
        if token.part and n + 1 in used:
            return token
        if not cited[n] or not _tells(token) or n in dropped:
            continue
        beside = [j for j in used if part[j] == part[n]]
        before = [j for j in beside if j < n]
        negators = [j for j in beside if tokens[j].kind == "turn" and claims.negates(tokens[j])]
        if negators and before:
            return token
        if before and not token.links & wording.GOVERNING and n + 1 < len(tokens) and "than" in tokens[n + 1].links:
            return token
        if beside and token.key in ("among", "except"):
            return token
        if n - 1 in used and token.key in _LIMITS and not token.links and not token.bounds:
            return token
    return None


def headless(pairs: Pairs, tokens: Sequence[Token], cited: Sequence[bool]) -> Token | None:
    """What a speaker says before "that" and a claim leaves out: "the theory is that", "Ann is right that"; not "it is
    clear that"."""
    first = pairs[0][1]
    start = next(a for a, b in claims.scopes(tokens) if a <= first < b)
    told = next((n for n in range(first - 1, start - 1, -1) if tokens[n].says or not cited[n]), start - 1)
    head = [n for n in range(told + 1, first) if _tells(tokens[n])]
    if not any("that" in tokens[n].bounds for n in (*head[1:], first)):
        return None
    return next((tokens[n] for n in head if tokens[n].key not in wording.ASSERTING and not _trails(tokens[n])), None)


_LIMITS = frozenset(name for _, name in wording.AMOUNTS) - {"about"}


def unasserted(pairs: Pairs, tokens: Sequence[Token], quoted: Sequence[bool]) -> Token | None:
    """Of a sentence that is nobody's words: what it says before (or behind) the claim, and without which the article
    doesn't say so itself: "the theory is that", "a report said", "in the film,", "police said", "claim:"."""
    used = {j for _, j in pairs}
    first, last = min(used), max(used)
    start, end = next((a, b) for a, b in claims.scopes(tokens) if a <= first < b)
    head = [n for n in range(start, first) if _tells(tokens[n])]
    if any("that" in tokens[n].bounds for n in (*head[1:], first)) and head:
        return tokens[head[0]]
    if told := [n for n in head if tokens[n].says or tokens[n].key in _TOLD]:
        return tokens[told[0]]
    if story := [n for n in head if tokens[n].text.lower() in wording.STORIES]:
        return tokens[story[0]]
    part = parts(tokens)
    behind = [n for n in range(last + 1, end) if _tells(tokens[n])]
    for n in behind:
        opening = next(x for x in range(last + 1, n + 1) if part[x] == part[n])
        told_by = tokens[n].kind == "say" and tokens[opening].bounds == {","} and n - opening <= _TELLER
        if part[n] > part[last] and (told_by or tokens[n].key in _TOLD):
            return tokens[n]
    label = [n for n in range(start) if _tells(tokens[n])]
    if start and tokens[start - 1].text == ":" and len(label) <= 2 and label and not used & set(label):
        return tokens[label[0]]
    if all(quoted[j] for j in used) and not all(quoted[n] for n in range(len(tokens)) if _tells(tokens[n])):
        return next(tokens[n] for n in range(len(tokens)) if _tells(tokens[n]) and not quoted[n])
    return None


_TELLER = 5
_TOLD = frozenset(("accord",))
