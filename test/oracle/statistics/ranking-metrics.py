"""Writes ranking-metrics.json. python3 ranking-metrics.py > ranking-metrics.json

NDCG is scikit-learn's ndcg_score (ties averaged), average precision without ties its average_precision_score. Everything is
also the mean over all orders of equal scores, in exact rationals (NDCG: mpmath), list by list.
"""

from fractions import Fraction
from itertools import permutations

import mpmath
import numpy as np
import sklearn
from oracle import mp, seed, write
from sklearn.metrics import average_precision_score, ndcg_score

random = np.random.default_rng(seed)
cuts = [1, 3, 10]


def orders(scores):
    """All orders by descending score, each as places of rows."""
    groups = [np.flatnonzero(scores == s) for s in sorted(set(scores), reverse=True)]
    found = [[]]
    for group in groups:
        found = [before + list(each) for before in found for each in permutations(group)]
    return found


def gain(relevance, exponential):
    r = Fraction(float(relevance))
    return Fraction(2) ** int(r) - 1 if exponential else r


def discounted(gains):
    return sum(mp(g) / mpmath.log(i + 2, 2) for i, g in enumerate(gains)) if gains else mpmath.mpf(0)


def one(relevance, scores, exponential):
    all_orders = orders(scores)
    mean = lambda of: sum((of(order) for order in all_orders), 0 * of(all_orders[0])) / len(all_orders)
    gains = [gain(r, exponential) for r in relevance]
    best = sorted(gains, reverse=True)
    relevant = sum(g > 0 for g in gains)
    if relevant == 0:
        zeros = {"ndcg": 0, "precision": 0, "recall": 0, "hitRate": 0}
        return {"ndcg": 0, "map": 0, "mrr": 0, "atK": [zeros for _ in cuts]}
    hits = lambda order, k: sum(gains[row] > 0 for row in order[:k])

    def average_precision(order):
        at = [place for place, row in enumerate(order) if gains[row] > 0]
        return sum(Fraction(found + 1, place + 1) for found, place in enumerate(at)) / relevant

    first = lambda order: Fraction(1, 1 + next(place for place, row in enumerate(order) if gains[row] > 0))
    ndcg = lambda k: mean(lambda order: discounted([gains[row] for row in order[:k]])) / discounted(best[:k])
    return {
        "ndcg": ndcg(len(gains)),
        "map": mean(average_precision),
        "mrr": mean(first),
        "atK": [
            {
                "ndcg": ndcg(k),
                "precision": mean(lambda order: Fraction(hits(order, k), k)),
                "recall": mean(lambda order: Fraction(hits(order, k), relevant)),
                "hitRate": mean(lambda order: Fraction(int(hits(order, k) > 0))),
            }
            for k in cuts
        ],
    }


def case(name, lists, exponential=False):
    found = [one(relevance, scores, exponential) for relevance, scores in lists]
    number = lambda value: mp(value) if isinstance(value, Fraction) else mpmath.mpf(value)
    mean = lambda values: mpmath.fsum(number(value) for value in values) / len(lists)
    worth = [2.0**r - 1 if exponential else r for r, _ in lists]
    theirs = lambda k: float(np.mean([ndcg_score([g], [s], k=k) for g, (_, s) in zip(worth, lists)]))
    many = all(len(r) > 1 for r, _ in lists)
    untied = all(len(set(s)) == len(s) for _, s in lists) and all(np.any(r > 0) for r, _ in lists)
    return {
        "name": name,
        "gains": "exponential" if exponential else "linear",
        "relevance": np.concatenate([r for r, _ in lists]),
        "scores": np.concatenate([s for _, s in lists]),
        "query": [k for k, (r, _) in enumerate(lists) for _ in r],
        "values": {key: mean(one[key] for one in found) for key in ("ndcg", "map", "mrr")},
        "atK": [
            {key: mean(one["atK"][k][key] for one in found) for key in ("ndcg", "precision", "recall", "hitRate")}
            for k in range(len(cuts))
        ],
        "theirs": {
            "ndcg": theirs(None) if many else None,
            "ndcgAtK": [theirs(k) for k in cuts] if many else None,
            "map": float(np.mean([average_precision_score(r > 0, s) for r, s in lists])) if untied else None,
        },
    }


def lists(count, length, distinct, most=4, none=0.0):
    found = []
    for _ in range(count):
        n = length()
        relevance = random.integers(0, most, n).astype(float) * (random.random() >= none)
        scores = random.permutation(n) if distinct is None else random.integers(0, distinct, n)
        found.append((relevance, scores.astype(float)))
    return found


def relevant_ones(found):
    for relevance, _ in found:
        relevance[0] = 1
    return found


cases = [
    case("no ties", relevant_ones(lists(12, lambda: int(random.integers(4, 9)), None))),
    case("ties", lists(15, lambda: int(random.integers(2, 7)), 3)),
    case("everything is tied", lists(5, lambda: 6, 1, most=2)),
    case("exponential gains", lists(10, lambda: int(random.integers(2, 7)), 4), exponential=True),
    case("nothing relevant", lists(8, lambda: int(random.integers(2, 7)), 4, none=0.5)),
    case("single rows", lists(6, lambda: 1, 3, most=2)),
    case("one list", lists(1, lambda: 6, 3)),
    case("fractions", [(np.array([0.25, 0.5, 0.0, 3.75]), np.array([1.0, 2.0, 2.0, 0.5]))]),
]

# Longer lists: only what scikit-learn has.
large = []
for name, length, distinct in [("a long list with ties", 3000, 700), ("many ties", 500, 7), ("a long list", 1000, None)]:
    relevance = random.integers(0, 5, length).astype(float)
    scores = (random.permutation(length) if distinct is None else random.integers(0, distinct, length)).astype(float)
    k = np.arange(length)
    large.append(
        {
            "name": name,
            "relevance": relevance.astype(int),
            "scores": scores.astype(int),
            "ndcg": ndcg_score([relevance], [scores]),
            "ndcgAtK": [ndcg_score([relevance], [scores], k=k) for k in cuts],
            "map": average_precision_score(relevance > 0, scores) if distinct is None else None,
        }
    )
write(f"scikit-learn {sklearn.__version__}, all orders in exact rationals", 1e-13, cases, cuts=cuts, large=[
    {key: value.tolist() if isinstance(value, np.ndarray) else value for key, value in one.items()} for one in large
])
