"""Which token of an edited text belongs to which token of the notice (对位).

What lives here: likeness of contexts, and the assignment that is best as a whole. What must not: verdicts. A swapped pair is
found because what stands around a number weighs more than the number itself.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from pipeline.review.backcheck.record import Sentence
from pipeline.review.backcheck.tokens import Kind, Token

_BEFORE, _AFTER = 18, 12  # signs on either side that count as near
_FADE = 3  # signs after which nearness is worth half
_BEYOND = 0.5  # worth of what stands beyond a comma or another number
_NAMED = 0.3  # worth of names: a list that was exchanged must not draw the numbers beside it
_SIDED, _NEAR, _SENTENCE, _PARAGRAPH, _PLACE = 0.40, 0.20, 0.20, 0.10, 0.10
_SAME_VALUE, _SAME_UNIT = 0.16, 0.04
_COMPANY = 0.3  # worth of the neighbours that a token keeps: more than that of its value
_ALIKE, _ALIKE_WITH_VALUE = 0.28, 0.12  # the least likeness of a pair; with the same value
_UNKNOWN = 0.3  # weight of a pair of signs that the notice does not have
_BREAKS = set("，。；：、！？（）《》〔〕#@")

Bag = Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Spot:
    """A token where it stands (所在)."""

    token: Token
    sentence: Sentence
    place: float  # in the text, from 0 to 1

    def __hash__(self) -> int:
        return id(self)


@dataclass(frozen=True)
class Alignment:
    """Pairs of tokens, and those of either side that have no partner (对位结果)."""

    pairs: tuple[tuple[Spot, Spot], ...]
    missing: tuple[Spot, ...]
    extra: tuple[Spot, ...]


def align(ours: Sequence[Sentence], theirs: Sequence[Sentence]) -> Alignment:
    """Align two texts (对位): sentences that say the same first, wherever they stand, then token by token."""
    left, right = _unlike(ours, theirs), _unlike(theirs, ours)
    was, now = _spots(left), _spots(right)
    likeness = _Likeness(ours, left, right)
    pairs: dict[Spot, Spot] = {}
    for kind in Kind:
        pairs |= _of_kind(kind, was, now, likeness.gain)
    beside, around = _neighbours(was), _neighbours(now)
    for kind in (Kind.NAMES, Kind.NUMBER):
        known = dict(pairs)
        kept = {spot: pair for spot, pair in pairs.items() if spot.token.kind is not kind}

        def gain(one: Spot, other: Spot, known: Mapping[Spot, Spot] = known) -> float:
            near, there = beside[one], around[other]
            fewest = min(len(near), len(there))  # a sentence that was split leaves fewer neighbours
            staying = sum(known.get(each) in there for each in near) / fewest if fewest else 0.0
            base = likeness.gain(one, other)
            return base and base + _COMPANY * staying

        pairs = kept | _of_kind(kind, was, now, gain)
    alone = [spot for spot in was if spot not in pairs]
    missing = [_plainest(spot, pairs) for spot in alone]
    taken = set(pairs.values())
    extra = [spot for spot in now if spot not in taken]
    for spot in list(missing):  # the same number in a sentence that was written anew
        kin = (each for each in extra if each.token.kind is spot.token.kind and spot.token.same(each.token))
        if twin := next(kin, None):
            pairs[spot] = twin
            missing.remove(spot)
            extra.remove(twin)
    return Alignment(tuple(pairs.items()), tuple(missing), tuple(extra))


def _plainest(missing: Spot, pairs: dict[Spot, Spot]) -> Spot:
    """What is missing if nothing else is told of the sentence (从简): ``pairs`` is mended.

    Where a neighbour seems to have become the very number that seems to be missing, the neighbour is missing and the number
    stands: one edit explains it, not two.
    """
    for one, other in pairs.items():
        beside = one.sentence is missing.sentence and one.token.kind is missing.token.kind
        if beside and missing.token.same(other.token) and not one.token.same(other.token):
            pairs[missing] = pairs.pop(one)
            return one
    return missing


def _of_kind(
    kind: Kind, was: Sequence[Spot], now: Sequence[Spot], gain: Callable[[Spot, Spot], float]
) -> dict[Spot, Spot]:
    ours, theirs = ([spot for spot in spots if spot.token.kind is kind] for spots in (was, now))
    return dict(_assign(ours, theirs, gain))


def _neighbours(spots: Sequence[Spot]) -> dict[Spot, list[Spot]]:
    """What stands next to each token in the same part of a sentence, as semicolons divide it (相邻的数字和名单)."""
    beside: dict[Spot, list[Spot]] = {spot: [] for spot in spots}
    for one, other in pairwise(spots):
        between = one.sentence.text[one.token.end : other.token.start]
        if one.sentence is other.sentence and "；" not in between:
            beside[one].append(other)
            beside[other].append(one)
    return beside


def _unlike(ours: Sequence[Sentence], theirs: Sequence[Sentence]) -> list[Sentence]:
    """The sentences that the other side does not have, counted."""
    left = Counter(sentence.key for sentence in theirs)
    kept = []
    for sentence in ours:
        left[sentence.key] -= 1
        if left[sentence.key] < 0:
            kept.append(sentence)
    return kept


def _spots(sentences: Sequence[Sentence]) -> list[Spot]:
    return [
        Spot(token, sentence, (at + token.start / max(len(sentence.text), 1)) / max(len(sentences), 1))
        for at, sentence in enumerate(sentences)
        for token in sentence.tokens
    ]


class _Likeness:
    """How alike the surroundings of two tokens are, rare words weighing most (上下文相似度)."""

    def __init__(self, ours: Sequence[Sentence], left: Sequence[Sentence], right: Sequence[Sentence]) -> None:
        spots = _spots(ours)
        seen: Counter[str] = Counter()
        for spot in spots:
            seen.update({pair for pair, _ in _near(spot)})
        self._rarity = {pair: log(1 + len(spots) / count) / log(1 + len(spots)) for pair, count in seen.items()}
        self._whole: dict[int, tuple[Bag, Bag]] = {}
        paragraphs: dict[tuple[int, int], list[Sentence]] = defaultdict(list)
        for side, sentences in enumerate((left, right)):
            for sentence in sentences:
                paragraphs[side, sentence.paragraph].append(sentence)
        for members in paragraphs.values():
            whole = self._bag(pair for each in members for pair in _pairs(_words(each)))
            self._whole |= {id(each): (self._bag(_pairs(_words(each))), whole) for each in members}
        self._sentences: dict[tuple[int, int], float] = {}
        self._bags: dict[Spot, tuple[Bag, Bag]] = {}
        self._gains: dict[tuple[Spot, Spot], float] = {}

    def gain(self, was: Spot, now: Spot) -> float:
        """What it is worth to pair two tokens; 0 where they have nothing to do with each other."""
        if (was, now) not in self._gains:
            self._gains[was, now] = self._gain(was, now)
        return self._gains[was, now]

    def _gain(self, was: Spot, now: Spot) -> float:
        near = zip((_SIDED, _NEAR), self._of(was), self._of(now), strict=True)
        alike = sum(weight * _shared(ours, theirs) for weight, ours, theirs in near)
        alike += self._around(was.sentence, now.sentence)
        alike += _PLACE * (1 - abs(was.place - now.place))
        like = was.token.like(now.token)
        same = was.token.value == now.token.value if was.token.kind is Kind.NUMBER else was.token.same(now.token)
        if alike < (_ALIKE_WITH_VALUE if same and like else _ALIKE):
            return 0.0
        return alike + _SAME_VALUE * same + _SAME_UNIT * like

    def _around(self, was: Sentence, now: Sentence) -> float:
        """How alike two sentences and their paragraphs are, for all tokens in them."""
        pair = id(was), id(now)
        if pair not in self._sentences:
            alike = _SENTENCE * _shared(self._whole[pair[0]][0], self._whole[pair[1]][0])
            alike += _PARAGRAPH * _shared(self._whole[pair[0]][1], self._whole[pair[1]][1])
            self._sentences[pair] = alike
        return self._sentences[pair]

    def _of(self, spot: Spot) -> tuple[Bag, Bag]:
        if spot not in self._bags:
            near = list(_near(spot))
            self._bags[spot] = self._bag(near), self._bag((pair[1:], weight) for pair, weight in near)
        return self._bags[spot]

    def _bag(self, pairs: Iterable[tuple[str, float]]) -> Bag:
        bag: dict[str, float] = {}
        for pair, weight in pairs:
            rarity = self._rarity.get(pair) or max(
                self._rarity.get(f"<{pair}", 0.0), self._rarity.get(f">{pair}", 0.0), _UNKNOWN
            )
            bag[pair] = max(bag.get(pair, 0.0), rarity * weight)
        return bag


def _shared(ours: Bag, theirs: Bag) -> float:
    """What two bags have in common, from 0 to 1; two empty ones are alike."""
    whole = sum(ours.values()) + sum(theirs.values())
    if not whole:
        return 1.0
    common = sum(min(weight, theirs[pair]) for pair, weight in ours.items() if pair in theirs)
    return 2 * common / whole


def _words(sentence: Sentence) -> list[tuple[str, float]]:
    """A sentence sign by sign with its numbers blanked, each sign with its worth."""
    signs = [(sign, 1.0) for sign in sentence.text]
    for token in sentence.tokens:
        named = token.kind is Kind.NAMES
        for at in range(token.start, token.end):
            signs[at] = (sentence.text[at], _NAMED) if named else ("#", 0.0)
    return signs


def _pairs(signs: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    for (a, worth), (b, other) in pairwise(signs):
        if a not in _BREAKS and b not in _BREAKS:
            yield a + b, min(worth, other)


def _near(spot: Spot) -> Iterator[tuple[str, float]]:
    """Pairs of signs near a token, marked by their side and weighted by nearness."""
    token, signs = spot.token, _words(spot.sentence)
    before, after = signs[max(token.start - _BEFORE, 0) : token.start], signs[token.end : token.end + _AFTER]
    for side, found in (("<", before[::-1]), (">", after)):
        beyond = 1.0
        if side == ">" and found and found[0][0] not in _BREAKS:  # what is counted: 16个区
            yield f">={found[0][0]}", found[0][1]
        for at, ((a, worth), (b, other)) in enumerate(pairwise(found)):
            if a in _BREAKS:
                beyond *= _BEYOND
            elif b not in _BREAKS:
                yield side + (b + a if side == "<" else a + b), min(worth, other) * beyond * _FADE / (_FADE + at)
    if token.start == 0:
        yield "<^", 1.0


def _assign(was: Sequence[Spot], now: Sequence[Spot], gain: Callable[[Spot, Spot], float]) -> list[tuple[Spot, Spot]]:
    """The pairs whose gains add up to most (最优指派), by the Hungarian method; a pair without gain is none."""
    if not was or not now:
        return []
    if len(was) > len(now):
        return [(a, b) for b, a in _assign(now, was, lambda b, a: gain(a, b))]
    gains = [[gain(a, b) for b in now] for a in was]
    rows, columns = len(was), len(now)
    up, over, owner = [0.0] * (rows + 1), [0.0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0], column = row, 0
        least, used, way = [float("inf")] * (columns + 1), [False] * (columns + 1), [0] * (columns + 1)
        while owner[column]:
            used[column], current, step, nearest = True, owner[column], float("inf"), 0
            for other in range(1, columns + 1):
                if used[other]:
                    continue
                slack = -gains[current - 1][other - 1] - up[current] - over[other]
                if slack < least[other]:
                    least[other], way[other] = slack, column
                if least[other] < step:
                    step, nearest = least[other], other
            for other in range(columns + 1):
                if used[other]:
                    up[owner[other]] += step
                    over[other] -= step
                else:
                    least[other] -= step
            column = nearest
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    return [
        (was[owner[column] - 1], now[column - 1])
        for column in range(1, columns + 1)
        if owner[column] and gains[owner[column] - 1][column - 1] > 0
    ]
