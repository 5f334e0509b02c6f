"""Writes anova.json. python3 anova.py > anova.json

One-way analysis of variance: sums of squares and F from exact rationals of the binary64 inputs, p-values by mpmath's
incomplete beta function. scipy.stats.f_oneway is asked too and must agree to 1e-9 where it has as many digits: not far from zero.
"""

import warnings

import mpmath
import numpy as np
import scipy.stats
from oracle import Sample, exact, formula, mp, samples, seed, write

warnings.simplefilter("ignore")


def sf(f, n, m):
    """P(F > f)."""
    a, b, x = mpmath.mpf(m) / 2, mpmath.mpf(n) / 2, m / (n * f + m)
    if x > (a + 1) / (a + b + 2):
        return 1 - mpmath.betainc(b, a, 0, 1 - x, regularized=True)
    return mpmath.betainc(a, b, 0, x, regularized=True)


def anova(groups):
    every = [exact(group) for group in groups]
    n = sum(len(group) for group in every)
    centre = sum(sum(group) for group in every) / n
    means = [sum(group) / len(group) for group in every]
    between = sum(len(group) * (mean - centre) ** 2 for group, mean in zip(every, means))
    within = sum(sum((v - mean) ** 2 for v in group) for group, mean in zip(every, means))
    df = (len(every) - 1, n - len(every))
    f = mp(between * df[1] / (within * df[0]))
    return {
        "statistic": f,
        "degreesOfFreedom": df,
        "pValue": sf(f, *df),
        "between": between,
        "within": within,
        "effect": between / (between + within),
    }


random = np.random.default_rng(seed + 31)
every = samples()
base = [Sample(np.round(random.normal(0.1 * k, 1, 20 + 7 * k), 6)) for k in range(4)]
sets = [
    ("normal", base),
    ("two groups", [every["normal"], every["shifted normal"]]),
    ("one value in a group", [Sample([1.5]), every["digits"], Sample([7.0])]),
    ("far apart", [Sample([v + 40 * k for v in base[k]]) for k in range(3)]),
    ("far from zero", [Sample(1e12 + np.round(random.normal(0.2 * k, 1, 50), 3)) for k in range(5)]),
    ("heavy tails", [every["lognormal"], every["cauchy"], every["normal"]]),
    ("equal means", [Sample([-1, 1]), Sample([-2, 2, 0]), Sample([3, -3])]),
    ("many groups", [Sample(np.round(random.exponential(1, 3), 6)) for _ in range(60)]),
    ("a small group far from large ones", [Sample([1e6]), every["normal"], base[2], base[3]]),
    ("long", [formula(20000, 7919, 104729, 1024, -50), formula(9000, 7907, 104723, 1024, -49.6), every["normal"]]),
    *[(f"normal times 2^{power}", [Sample([v * 2.0**power for v in group]) for group in base]) for power in (-600, 500)],
]
cases = []
for name, groups in sets:
    found = anova(groups)
    if "2^" not in name and "far" not in name:
        peer = scipy.stats.f_oneway(*groups)
        for ours, theirs in [(found["statistic"], peer.statistic), (found["pValue"], peer.pvalue)]:
            assert abs(float(ours) - theirs) <= 1e-9 * abs(float(ours)) + 1e-14, (name, float(ours), theirs)
    cases.append({"name": name, "groups": [group.written() for group in groups], **found})
write(
    "mpmath over exact rationals of the inputs; scipy.stats.f_oneway agrees where it answers",
    {"statistic, between, within, effect": 1e-13, "pValue": 1e-10},
    cases,
)
