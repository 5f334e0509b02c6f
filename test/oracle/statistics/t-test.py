"""Writes t-test.json. python3 t-test.py > t-test.json

Welch's and Student's tests with 60 digits: sums as exact rationals of the binary64 inputs, the rest by mpmath (Student's
law through the regularised incomplete beta function, the interval by solving it). scipy.stats.ttest_ind is asked too and
must agree to 1e-9 where it answers: at very small and very large scales its variances vanish or overflow, and far in the
tails its p-values are 0.
"""

import warnings

import mpmath
import numpy as np
import scipy.stats
from oracle import Sample, exact, formula, mp, samples, seed, write

warnings.simplefilter("ignore")


def sf(t, df):
    """P(T > t)."""
    if t < 0:
        return 1 - sf(-t, df)
    return mpmath.betainc(df / 2, mpmath.mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2


def upper(tail, df, guess):
    return mpmath.findroot(lambda t: mpmath.log(sf(t, df) / tail), mpmath.mpf(guess))


def test(x, y, equal, alternative, confidence):
    a, b = exact(x), exact(y)
    n, m = len(a), len(b)
    mean_a, mean_b = sum(a) / n, sum(b) / m
    sum_a, sum_b = sum((v - mean_a) ** 2 for v in a), sum((v - mean_b) ** 2 for v in b)
    pooled = (sum_a + sum_b) / (n + m - 2)
    u, v = (pooled / n, pooled / m) if equal else (sum_a / (n - 1) / n, sum_b / (m - 1) / m)
    df = mp((u + v) ** 2 / (u * u / (n - 1) + v * v / (m - 1))) if not equal else mpmath.mpf(n + m - 2)
    error = mpmath.sqrt(mp(u + v))
    difference = mp(mean_a - mean_b)
    t = difference / error
    p = {"two-sided": 2 * sf(abs(t), df), "greater": sf(t, df), "less": sf(-t, df)}[alternative]
    tail = (1 - mpmath.mpf(confidence)) / (2 if alternative == "two-sided" else 1)
    reach = upper(tail, df, scipy.stats.t.isf(float(tail), float(df))) * error
    interval = [
        None if alternative == "less" else difference - reach,
        None if alternative == "greater" else difference + reach,
    ]
    # Hedges' g with the usual approximation of the correction.
    effect = difference / mpmath.sqrt(mp(pooled)) * (1 - mpmath.mpf(3) / (4 * (n + m - 2) - 1))
    return {
        "statistic": t,
        "degreesOfFreedom": df,
        "pValue": p,
        "difference": difference,
        "confidenceInterval": interval,
        "effect": effect,
    }


def check(name, x, y, equal, alternative, confidence, found):
    peer = scipy.stats.ttest_ind(x, y, equal_var=equal, alternative=alternative)
    if not np.isfinite(peer.statistic) or any(word in name for word in ("huge", "tiny", "far", "2^")):
        return
    interval = [end for end in found["confidenceInterval"] if end is not None]
    theirs = [end for end in peer.confidence_interval(confidence) if np.isfinite(end)]
    for ours, other in [
        (found["statistic"], peer.statistic),
        (found["degreesOfFreedom"], peer.df),
        (found["pValue"], peer.pvalue),
        *zip(interval, theirs),
    ]:
        assert abs(float(ours) - other) <= 1e-9 * abs(float(ours)) + 1e-14, (name, float(ours), other)


random = np.random.default_rng(seed + 1)
every = samples()
base = Sample(np.round(random.normal(0, 1, 30), 6))
other = Sample(np.round(random.normal(0.4, 2, 21), 6))
pairs = [
    ("normal", every["normal"], every["shifted normal"]),
    ("lognormal against Cauchy", every["lognormal"], every["cauchy"]),
    ("digits", every["digits"], every["more digits"]),
    ("small", base, other),
    ("two against three", Sample([1, 2.5]), Sample([4, 4.5, 7])),
    ("one side constant", Sample([1, 2, 3]), Sample([3, 3, 3])),
    ("equal means", Sample([1, 2, 3]), Sample([0, 2, 4])),
    ("far apart", Sample(base), Sample([value + 1e6 for value in base])),
    ("far in the tail", every["normal"], Sample([value / 8 + 20 for value in every["shifted normal"]])),
    ("very different sizes", Sample(base[:3]), every["normal"]),
    ("huge", every["huge"], Sample(every["huge"][:13])),
    ("tiny", every["tiny"], Sample(every["tiny"][:17])),
    ("huge against ordinary", every["huge"], every["normal"]),
    ("one side huge, the other tiny", every["huge"], every["tiny"]),
    ("far from zero", every["far from zero"], Sample(1e8 + 0.25 + np.round(random.normal(0, 1, 90), 3))),
    ("very far from zero", every["very far"], Sample(1e15 + random.integers(5, 60, 70))),
    ("long", formula(20000, 7919, 104729, 1024, -50), formula(15000, 7907, 104723, 1024, -49.5)),
    ("long and far", formula(16385, 7919, 65537, 65536, 1048576), formula(20001, 7907, 65539, 65536, 1048576.01)),
    *[
        (f"small times 2^{power}", Sample([v * 2.0**power for v in base]), Sample([v * 2.0**power for v in other]))
        for power in (-900, -600, 600, 900)
    ],
]
cases = []
for name, x, y in pairs:
    for equal in (False, True):
        for alternative in ("two-sided", "less", "greater"):
            if alternative != "two-sided" and ("2^" in name or name == "long"):
                continue
            confidence = {"two-sided": 0.95, "less": 0.99, "greater": 0.5 + 2**-4}[alternative]
            found = test(x, y, equal, alternative, confidence)
            check(name, x, y, equal, alternative, confidence, found)
            cases.append(
                {
                    "name": name,
                    "variance": "equal" if equal else "unequal",
                    "alternative": alternative,
                    "confidence": confidence,
                    **found,
                }
            )
write(
    "mpmath over exact rationals of the inputs; scipy.stats.ttest_ind agrees where it answers",
    {"statistic, degreesOfFreedom, effect, confidenceInterval": 1e-12, "pValue": 1e-10},
    cases,
    samples={name: {"reference": x.written(), "current": y.written()} for name, x, y in pairs},
)
