"""Writes moments.json. python3 moments.py > moments.json

Mean and sums of squares are exact rationals of the binary64 inputs, rounded once; skewness and kurtosis are formed from
them with mpmath. NumPy and SciPy are asked too and must agree to nine digits wherever they answer a finite number and
the sample is not far from zero (there SciPy loses the digits of skewness itself).
"""

import warnings

import mpmath
import numpy as np
import scipy.stats
from oracle import exact, formula, mp, samples, write

warnings.simplefilter("ignore")


def moments(values):
    x = exact(values)
    n = len(x)
    mean = sum(x) / n
    m2, m3, m4 = (sum((v - mean) ** k for v in x) for k in (2, 3, 4))
    deviation = mpmath.sqrt(mp(m2) / (n - 1)) if n > 1 else None
    skewness = mpmath.sqrt(n) * mp(m3) / mp(m2) ** mpmath.mpf(1.5) if m2 else None
    kurtosis = n * mp(m4) / mp(m2) ** 2 - 3 if m2 else None
    return {
        "count": n,
        "mean": mean,
        "variance": m2 / (n - 1) if n > 1 else None,
        "standardDeviation": deviation,
        "standardError": deviation / mpmath.sqrt(n) if n > 1 else None,
        "skewness": skewness,
        "kurtosis": kurtosis,
        "correctedSkewness": skewness * mpmath.sqrt(n * (n - 1)) / (n - 2) if m2 and n > 2 else None,
        "correctedKurtosis": ((n + 1) * kurtosis + 6) * (n - 1) / (n - 2) / (n - 3) if m2 and n > 3 else None,
        "min": float(min(values)),
        "max": float(max(values)),
    }


def check(name, values, found):
    x = np.array(values)
    peers = {
        "mean": np.mean(x),
        "variance": np.var(x, ddof=1) if len(x) > 1 else None,
        "skewness": scipy.stats.skew(x),
        "kurtosis": scipy.stats.kurtosis(x),
        "correctedSkewness": scipy.stats.skew(x, bias=False),
        "correctedKurtosis": scipy.stats.kurtosis(x, bias=False),
    }
    for key, peer in peers.items():
        ours = found[key]
        if ours is None or name in ("very far", "subnormal", "tiny", "huge", "an outlier"):
            continue
        if "far" in name and key.lower().endswith(("skewness", "kurtosis")):
            continue
        ours = float(ours)
        assert abs(ours - peer) <= 1e-9 * max(1, abs(ours)), (name, key, ours, peer)


every = samples()
every["long"] = formula(20000, 7919, 104729, 1024, -50)
every["long and skewed"] = formula(17000, 7907, 65521, 4096, -8, True)
every["long and far"] = formula(16385, 7919, 65537, 65536, 1048576)
cases = []
for name, values in every.items():
    found = moments(values)
    check(name, values, found)
    cases.append({"name": name, "values": values.written(), **found})
write(
    "exact rationals of the inputs and mpmath; numpy and scipy.stats agree",
    {
        "mean, over the larger of its size and the standard deviation": 1e-15,
        "variance, standardDeviation, standardError": 1e-14,
        "skewness and kurtosis, over the larger of their size and 1": 1e-12,
    },
    cases,
)
