"""Writes fisher-test.json. python3 fisher-test.py > fisher-test.json

Small tables in exact integers: the two-sided p-value is the probability of all tables that are at most as probable as the
data's, equal ones exactly so; scipy.stats.fisher_exact agrees. The odds ratio is the one under which the first cell is
expected (R's conditional estimate), the interval's ends those under which its tails are 2.5 %, by bisection in mpmath over
the whole noncentral law. Large tables: the same over 60 standard deviations about the mode, logarithms of the ratios of
neighbouring probabilities added up in 80-bit floats.
"""

from fractions import Fraction
from math import comb

import mpmath
import numpy as np
from oracle import write
from scipy.optimize import brentq
from scipy.stats import fisher_exact

mpmath.mp.dps = 30


def exact(a, b, c, d):
    n, m, k = a + b, c + d, a + c
    low, high = max(0, k - m), min(k, n)
    ways = {i: comb(n, i) * comb(m, k - i) for i in range(low, high + 1)}
    every = sum(ways.values())
    p = {
        "two-sided": Fraction(sum(w for w in ways.values() if w <= ways[a]), every),
        "less": Fraction(sum(w for i, w in ways.items() if i <= a), every),
        "greater": Fraction(sum(w for i, w in ways.items() if i >= a), every),
    }
    for alternative, value in p.items():
        says = fisher_exact([[a, b], [c, d]], alternative=alternative).pvalue
        assert abs(says - value) <= 1e-9 * value, (a, b, c, d, alternative)

    def sums(theta):
        terms = {i: w * mpmath.e ** (theta * (i - a)) for i, w in ways.items()}
        total = mpmath.fsum(terms.values())
        return (
            mpmath.fsum(i * t for i, t in terms.items()) / total,
            mpmath.fsum(t for i, t in terms.items() if i >= a) / total,
            mpmath.fsum(t for i, t in terms.items() if i <= a) / total,
        )

    def root(of):
        lo, hi = mpmath.mpf(-40), mpmath.mpf(40)
        rising = of(hi) > of(lo)
        for _ in range(75):
            mid = (lo + hi) / 2
            if (of(mid) > 0) == rising:
                hi = mid
            else:
                lo = mid
        return mpmath.e ** lo

    return p, {
        "oddsRatio": 0 if a == low else None if a == high else root(lambda t: sums(t)[0] - a),
        "low": 0 if a == low else root(lambda t: sums(t)[1] - mpmath.mpf("0.025")),
        "high": None if a == high else root(lambda t: sums(t)[2] - mpmath.mpf("0.025")),
    }


def large(a, b, c, d):
    n, m, k = a + b, c + d, a + c
    low, high = max(0, k - m), min(k, n)

    def law(theta):
        # the mode's quadratic equation in ordinary floats is near enough for a window of 60 deviations
        w = np.exp(theta)
        A, B, C = w - 1, (k + n) * w + (m - k), float(k) * float(n) * w
        mode = int(min(high, max(low, 2 * C / (B + np.sqrt(B * B - 4 * A * C)))))
        sd = 1 / np.sqrt(sum(1 / (v + 0.5) for v in (mode, n - mode, k - mode, m - k + mode)))
        reach = int(60 * sd) + 50
        first, last = max(low, min(mode, a) - reach), min(high, max(mode, a) + reach)
        i = np.arange(first, last).astype(np.longdouble)
        ratios = np.log((k - i) / (i + 1)) + np.log((n - i) / (m - k + i + 1)) + np.longdouble(theta)
        logs = np.concatenate([np.zeros(1, np.longdouble), np.cumsum(ratios)])
        terms = np.exp(logs - logs.max())
        return first, terms / terms.sum()

    first, f = law(0.0)
    at = a - first
    p = {
        "two-sided": f[f <= f[at] * (1 + np.longdouble(1e-14))].sum(),
        "less": f[: at + 1].sum(),
        "greater": f[at:].sum(),
    }

    def of(which):
        def function(theta):
            start, f = law(theta)
            i = a - start
            if which == "mean":
                return float(((np.arange(len(f)) - i) * f).sum())
            return float(np.log((f[i:] if which == "greater" else f[: i + 1]).sum() / np.longdouble("0.025")))

        return function

    guess = float(np.log(a) + np.log(d) - np.log(b) - np.log(c))
    spread = 6 * float(np.sqrt(1 / a + 1 / b + 1 / c + 1 / d))
    solve = lambda which: float(np.exp(brentq(of(which), guess - spread, guess + spread, xtol=1e-15, rtol=1e-14)))
    return {key: float(value) for key, value in p.items()}, {
        "oddsRatio": solve("mean"),
        "low": solve("greater"),
        "high": solve("less"),
    }


small = [
    (8, 2, 1, 5), (3, 1, 1, 3), (10, 10, 10, 10), (0, 5, 4, 3), (5, 0, 4, 3), (5, 0, 0, 5), (1, 0, 0, 1), (0, 1, 1, 1),
    (7, 12, 0, 5), (1, 9, 11, 3), (100, 200, 150, 120), (2, 500, 30, 400), (40, 3, 2, 50), (3, 997, 1, 9), (300, 0, 200, 100),
    (12, 5, 7, 9), (50, 50, 60, 40), (1, 1999, 9, 991), (500, 20, 20, 500), (0, 1000, 1, 3),
]
big = [
    (1000, 1_000_000, 1300, 1_100_000),
    (50_000, 150_000, 51_000, 149_000),
    (400_000, 600_000, 415_000, 585_000),
    (300, 1_000_000_000, 250, 900_000_000),
    (20_000_000, 30_000_000, 20_030_000, 29_970_000),
    (1_000_000, 2_000_000_000, 1_003_000, 2_000_000_000),
]
cases = []
for kind, tables, by in (("small", small, exact), ("large", big, large)):
    for a, b, c, d in tables:
        p, ratios = by(a, b, c, d)
        cases.append(
            {
                "name": f"{a} {b}, {c} {d}",
                "reference": [a, b],
                "current": [c, d],
                "pValues": p,
                **ratios,
                "sampleOddsRatio": Fraction(a * d, b * c) if b * c else None,
            }
        )
write(
    "exact integers and mpmath; 80-bit floats where tables are large; scipy.stats.fisher_exact agrees",
    {"pValues": 1e-10, "oddsRatio, interval": 1e-9},
    cases,
)
