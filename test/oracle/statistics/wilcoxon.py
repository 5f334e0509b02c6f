"""Writes wilcoxon.json. python3 wilcoxon.py > wilcoxon.json

T from mid-ranks as rationals. The exact law by counting in how many of the 2^n choices of signs the sum is at least as
large, with integers; the normal law at 60 digits, from exact rationals. scipy.stats.wilcoxon must agree on the normal law,
and on the exact one where there are neither ties nor zeros.
"""

import warnings
from fractions import Fraction

import mpmath
import numpy as np
import scipy.stats
from oracle import Sample, formula, mp, samples, seed, write

warnings.simplefilter("ignore")


def ranks_of(d, zeros):
    """(rank, sign) of each difference that counts."""
    kept = [x for x in d if x != 0 or zeros == "pratt"]
    size = sorted(abs(x) for x in kept)
    first, last = {}, {}
    for place, x in enumerate(size):
        first.setdefault(x, place)
        last[x] = place
    return [(Fraction(first[abs(x)] + last[abs(x)], 2) + 1, x > 0) for x in kept if x != 0]


def upper(ranks, t):
    """P(T >= t) by integers."""
    doubled = [int(2 * rank) for rank in ranks]
    ways = {0: 1}
    for rank in doubled:
        more = dict(ways)
        for total, count in ways.items():
            more[total + rank] = more.get(total + rank, 0) + count
        ways = more
    return Fraction(sum(count for total, count in ways.items() if total >= 2 * t), 2 ** len(doubled))


def asymptotic(ranks, t, continuity):
    mean = sum(ranks) / 2
    variance = sum(rank**2 for rank in ranks) / 4
    if variance == 0:
        return mpmath.mpf(1)
    return mpmath.ncdf(-mp(t - mean - (Fraction(1, 2) if continuity else 0)) / mpmath.sqrt(mp(variance)))


random = np.random.default_rng(seed + 31)
every = samples()
normal = every["normal"]
pairs = [
    ("few", Sample([1.5, 2, 3.5, 9, 4]), Sample([1, 2.25, 3, 7, 8])),
    ("one", Sample([2]), Sample([1])),
    ("one side only", Sample([2, 3, 5, 9]), Sample([1, 1, 1, 1])),
    ("equal", Sample([1, 2, 3]), Sample([1, 2, 3])),
    ("forty", Sample(np.round(random.normal(0, 1, 40), 6)), Sample(np.round(random.normal(0.4, 1, 40), 6))),
    ("a hundred and fifty", Sample(normal[:150]), every["shifted normal"]),
    ("far apart", Sample(np.round(random.normal(0, 1, 120), 6)), Sample(np.round(random.normal(5, 1, 120), 6))),
    ("ties and zeros", Sample(every["digits"][:60]), Sample(every["more digits"][:60])),
    ("mostly zeros", Sample([0] * 30 + [1, 2, 2, -1, 3]), Sample([0] * 35)),
    ("infinities", Sample([np.inf, 1, 2, -np.inf, 3, 0.5]), Sample([np.inf, 0, 2.5, 1, np.inf, 3])),
    ("long", formula(20000, 7919, 104729, 1024, -50), formula(20000, 7907, 104723, 1024, -50)),
    ("long with ties", formula(20000, 7919, 30, 2, -3), formula(20000, 7907, 31, 2, -3)),
]
cases = []
for name, x, y in pairs:
    with np.errstate(invalid="ignore"):
        d = np.nan_to_num(np.array(x) - np.array(y), nan=0.0, posinf=np.inf, neginf=-np.inf)
    d = [float(value) for value in d]
    case = {"name": name, "reference": x.written(), "current": y.written()}
    for zeros in ("wilcoxon", "pratt"):
        signed = ranks_of(d, zeros)
        ranks = [rank for rank, _ in signed]
        t = sum((rank for rank, positive in signed if positive), Fraction(0))
        total = sum(ranks, Fraction(0))
        found = {"statistic": t}
        for alternative in ("two-sided", "less", "greater"):
            large = {"greater": t, "less": total - t, "two-sided": max(t, total - t)}[alternative]
            factor = 2 if alternative == "two-sided" else 1
            laws = {
                "asymptotic": min(mpmath.mpf(1), factor * asymptotic(ranks, large, True)),
                "uncorrected": min(mpmath.mpf(1), factor * asymptotic(ranks, large, False)),
            }
            if len(ranks) <= 200:
                laws["exact"] = min(Fraction(1), factor * upper(ranks, large))
            if ranks and np.all(np.isfinite(d)):
                for law, correction in (("asymptotic", True), ("uncorrected", False)):
                    peer = scipy.stats.wilcoxon(
                        d, zero_method=zeros if zeros == "pratt" else "wilcox", correction=correction,
                        alternative=alternative, method="asymptotic",
                    )
                    # SciPy's continuity correction of a one-sided test goes towards the mean, whichever side T is on.
                    if correction and alternative != "two-sided" and large < total / 2:
                        continue
                    assert abs(peer.pvalue - float(laws[law])) <= 1e-8 * float(laws[law]) + 1e-14, (name, zeros, law, alternative)
                if len(ranks) == len(d) and len(set(ranks)) == len(ranks) and "exact" in laws:
                    peer = scipy.stats.wilcoxon(d, alternative=alternative, method="exact")
                    assert abs(peer.pvalue - float(laws["exact"])) <= 1e-9 * float(laws["exact"]), (name, alternative)
            found[alternative] = laws
        case[zeros] = found
    cases.append(case)
write("integers, rationals, mpmath; scipy.stats.wilcoxon agrees", {"statistic": 0, "pValue": 1e-11}, cases)
