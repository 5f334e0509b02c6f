"""Writes t-test-variants.json. python3 t-test-variants.py > t-test-variants.json

Paired rows, one sample, and summaries. Statistics from exact rationals of the binary64 inputs, p-values by mpmath;
scipy.stats.ttest_rel, ttest_1samp and ttest_ind_from_stats are asked too and must agree to 1e-9 where they answer.
"""

import warnings

import mpmath
import numpy as np
import scipy.stats
from oracle import Sample, exact, formula, mp, plain, samples, seed, write

warnings.simplefilter("ignore")


def sf(t, df):
    """P(T > t)."""
    if t < 0:
        return 1 - sf(-t, df)
    return mpmath.betainc(df / 2, mpmath.mpf(1) / 2, 0, df / (df + t * t), regularized=True) / 2


def upper(tail, df):
    guess = mpmath.mpf(scipy.stats.t.isf(float(tail), float(df)))
    return mpmath.findroot(lambda t: mpmath.log(sf(t, df) / tail), guess)


def result(difference, error, df, deviation, alternative, confidence):
    t = difference / error
    p = {"two-sided": 2 * sf(abs(t), df), "greater": sf(t, df), "less": sf(-t, df)}[alternative]
    reach = upper((1 - mpmath.mpf(confidence)) / (2 if alternative == "two-sided" else 1), df) * error
    return {
        "alternative": alternative,
        "confidence": confidence,
        "statistic": t,
        "degreesOfFreedom": df,
        "pValue": p,
        "difference": difference,
        "confidenceInterval": [
            None if alternative == "less" else difference - reach,
            None if alternative == "greater" else difference + reach,
        ],
        "effect": difference / deviation,
    }


def one(values, about, alternative, confidence):
    n = len(values)
    mean = sum(values) / n
    variance = mp(sum((v - mean) ** 2 for v in values) / (n - 1))
    df = mpmath.mpf(n - 1)
    return result(mp(mean - about), mpmath.sqrt(variance / n), df, mpmath.sqrt(variance), alternative, confidence)


def stats(a, b, equal, alternative, confidence):
    (n, mean_a, u), (m, mean_b, v) = [(s["count"], *exact([s["mean"], s["variance"]])) for s in (a, b)]
    pooled = (u * (n - 1) + v * (m - 1)) / (n + m - 2)
    x, y = (pooled / n, pooled / m) if equal else (u / n, v / m)
    df = mpmath.mpf(n + m - 2) if equal else mp((x + y) ** 2 / (x * x / (n - 1) + y * y / (m - 1)))
    deviation = mpmath.sqrt(mp(pooled)) / (1 - mpmath.mpf(3) / (4 * (n + m - 2) - 1))
    return result(mp(mean_a - mean_b), mpmath.sqrt(mp(x + y)), df, deviation, alternative, confidence)


def agree(name, found, peer, about=0):
    if not np.isfinite(peer.statistic) or any(word in name for word in ("huge", "tiny", "far", "2^")):
        return
    pairs = [(found["statistic"], peer.statistic), (found["pValue"], peer.pvalue)]
    if hasattr(peer, "confidence_interval"):
        ours = [end for end in found["confidenceInterval"] if end is not None]
        pairs += zip(ours, [e - about for e in peer.confidence_interval(found["confidence"]) if np.isfinite(e)])
    for ours, other in pairs:
        assert abs(float(ours) - other) <= 1e-9 * abs(float(ours)) + 1e-14, (name, float(ours), other)


random = np.random.default_rng(seed + 11)
every = samples()
base = Sample(np.round(random.normal(0, 1, 31), 6))
other = Sample([round(v + 0.3 + float(e), 6) for v, e in zip(base, random.normal(0, 0.4, 31))])
asked = [("two-sided", 0.95), ("less", 0.99), ("greater", 0.5625)]

pairs = [
    ("small", base, other),
    ("two pairs", Sample([1, 2.5]), Sample([4, 4.5])),
    ("digits", Sample(every["digits"][:64]), every["more digits"]),
    ("lognormal against Cauchy", every["lognormal"], Sample(every["cauchy"][:120])),
    ("far from zero", Sample([1e8 + v for v in base]), Sample([1e8 + 0.25 + v for v in other])),
    ("huge", every["huge"], Sample([v / 2 for v in every["huge"][::-1]])),
    ("huge, differences beyond the largest double", Sample([1.7e308, -1e308, 3e307]), Sample([-1.7e308, 1.6e308, 1e307])),
    ("tiny", every["tiny"], Sample([v / 2 for v in every["tiny"][::-1]])),
    ("long", formula(20000, 7919, 104729, 1024, -50), formula(20000, 7907, 104723, 1024, -49.5)),
    *[
        (f"small times 2^{power}", Sample([v * 2.0**power for v in base]), Sample([v * 2.0**power for v in other]))
        for power in (-900, -600, 600, 900)
    ],
]
paired = []
for name, x, y in pairs:
    differences = [a - b for a, b in zip(exact(x), exact(y))]
    for alternative, confidence in asked:
        found = one(differences, 0, alternative, confidence)
        agree(name, found, scipy.stats.ttest_rel(x, y, alternative=alternative))
        paired.append({"name": name, **found})

ones = [
    ("normal", every["normal"], 0.1),
    ("lognormal", every["lognormal"], 7.25),
    ("digits", every["digits"], 4),
    ("two", every["two"], 0),
    ("far from zero", every["far from zero"], 1e8 + 0.125),
    ("very far", every["very far"], 1e15 + 20),
    ("huge", every["huge"], 1e306),
    ("tiny", every["tiny"], 1e-301),
    ("tiny against one", every["tiny"], 1),
    ("long", formula(20000, 7919, 104729, 1024, -50), 1),
]
single = []
for name, x, mean in ones:
    for alternative, confidence in asked:
        found = one(exact(x), exact([mean])[0], alternative, confidence)
        agree(name, found, scipy.stats.ttest_1samp(x, mean, alternative=alternative), mean)
        single.append({"name": name, "mean": mean, **found})

summary = lambda count, mean, variance: {"count": count, "mean": mean, "variance": variance}
summaries = [
    ("ordinary", summary(13, 1.5, 0.8), summary(7, 2.25, 3.5)),
    ("large", summary(10_000_000, 1.5, 0.8), summary(5000, 1.51, 0.9)),
    ("one without spread", summary(5, 1, 0), summary(9, 2, 1.5)),
    ("huge", summary(5, 1e300, 1e300), summary(9, 1.1e300, 3e299)),
    ("huge variances", summary(5, 1, 1.7e308), summary(9, 1e150, 3e307)),
    ("tiny", summary(5, 1e-150, 1e-300), summary(9, 2e-150, 3e-299)),
]
from_summaries = []
for name, a, b in summaries:
    for equal in (False, True):
        for alternative, confidence in asked[:2]:
            found = stats(a, b, equal, alternative, confidence)
            peer = scipy.stats.ttest_ind_from_stats(
                *[f(s) for s in (a, b) for f in (lambda s: s["mean"], lambda s: s["variance"] ** 0.5, lambda s: s["count"])],
                equal_var=equal,
                alternative=alternative,
            )
            agree(name, found, peer)
            variance = "equal" if equal else "unequal"
            from_summaries.append({"name": name, "reference": a, "current": b, "variance": variance, **found})

write(
    "mpmath over exact rationals of the inputs; scipy.stats agrees where it answers",
    {"statistic, degreesOfFreedom, effect, confidenceInterval": 1e-12, "pValue": 1e-10},
    paired,
    samples={
        **{name: {"reference": x.written(), "current": y.written()} for name, x, y in pairs},
        **{f"one: {name}": {"reference": x.written(), "current": []} for name, x, mean in ones},
    },
    oneSample=plain(single),
    summaries=plain(from_summaries),
)
