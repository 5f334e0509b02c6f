"""Writes quality.json. python3 quality.py > quality.json

pandas: value_counts, nunique, isna, skew and kurt by SciPy (without correction, as `moments` has them; pandas corrects),
describe's std (divisor count - 1). NumPy: quantile (type 7), histogram. SciPy: ks_2samp for the largest gap. Integers beyond
2^53 by Python's own. Of equally frequent values the smallest comes first; only those that occur more than once are listed.

The rule of the histogram's edges is written out again here: 32 bins from the smaller first percentile to the larger
ninety-ninth, or bins around whole numbers.
"""

import json
import math
import sys
from collections import Counter
from datetime import datetime, timezone

import numpy as np
import pandas as pd
import scipy
import scipy.stats

seed = 20261126
rng = np.random.default_rng(seed)
probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]


def plain(value):
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, np.ndarray)):
        return [plain(entry) for entry in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        if math.isnan(value):
            return "NaN"
        if math.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        if value == 0:
            return "-0" if math.copysign(1, value) < 0 else 0
    return value


def most_common(values):
    counted = sorted(Counter(values).items(), key=lambda entry: (-entry[1], entry[0]))
    return [{"value": value, "count": count} for value, count in counted if count > 1][:10]


def numbers(values):
    """`values` may hold None (null), NaN, infinities."""
    x = np.array([v + 0.0 for v in values if v is not None and not math.isnan(v)], dtype=float) + 0.0
    finite = x[np.isfinite(x)]
    counts = pd.Series(x).value_counts()
    listed = most_common([float(v) for v in x])
    assert all(counts[entry["value"]] == entry["count"] for entry in listed)
    spread = len(finite) > 1 and finite.min() < finite.max()
    return {
        "rows": len(values),
        "null": sum(v is None for v in values),
        "nan": sum(v is not None and math.isnan(v) for v in values),
        "positiveInfinity": int(np.sum(x == np.inf)),
        "negativeInfinity": int(np.sum(x == -np.inf)),
        "distinct": int(pd.Series(x).nunique()),
        "mostCommon": listed,
        "mean": float(np.mean(finite)) if len(finite) else None,
        "standardDeviation": float(pd.Series(finite).std()) if len(finite) > 1 else None,
        "skewness": float(scipy.stats.skew(finite)) if spread else None,
        "kurtosis": float(scipy.stats.kurtosis(finite)) if spread else None,
        "min": float(finite.min()) if len(finite) else None,
        "max": float(finite.max()) if len(finite) else None,
        "quantiles": [float(q) for q in np.quantile(x, probabilities)] if len(x) else None,
        "zeros": int(np.sum(finite == 0)),
        "negatives": int(np.sum(finite < 0)),
    }


def edges_of(x, y, *every):
    """`every`: of both sides all values, infinite ones among them, whose percentiles count."""
    low = min(np.quantile(side, 0.01) for side in every)
    high = max(np.quantile(side, 0.99) for side in every)
    both = np.concatenate([x, y])
    if np.all(both == np.round(both)):
        least, most = both.min(), both.max()
        if most - least >= 32:
            least, most = math.floor(low), math.ceil(high)
        width = math.ceil((most - least + 1) / 32)
        bins = math.ceil((most - least + 1) / width)
        return np.linspace(least - 0.5, least - 0.5 + bins * width, bins + 1)
    return np.linspace(low, high, 33)


def together(reference, current):
    x, y = (np.array([v for v in side if v is not None and math.isfinite(v)], dtype=float) + 0.0 for side in (reference, current))
    if len(x) == 0 or len(y) == 0:
        return None
    every = [np.array([v for v in side if v is not None and not math.isnan(v)]) for side in (reference, current)]
    edges = edges_of(x, y, *every)
    clipped = [np.clip(side, edges[0], edges[-1]) for side in (x, y)]
    found = scipy.stats.ks_2samp(x, y, method="asymp")
    return {
        "below": int(np.sum(y < x.min())),
        "above": int(np.sum(y > x.max())),
        "edges": edges,
        "histogram": [np.histogram(side, edges)[0] for side in clipped],
        "ks": float(found.statistic),
        "location": float(found.statistic_location),
    }


def mixed(values, *, null=0, nan=0, up=0, down=0):
    """With so many rows of each kind among them."""
    rows = [float(v) for v in values] + [None] * null + [math.nan] * nan + [math.inf] * up + [-math.inf] * down
    return [rows[k] for k in rng.permutation(len(rows))]


def sample(values, **kinds):
    return mixed(np.round(values, 6), **kinds)


sides = {
    "continuous": (sample(rng.normal(size=300)), sample(rng.normal(0.3, 1.2, size=250))),
    "two decimals": (mixed(np.round(rng.normal(10, 3, 400), 2)), mixed(np.round(rng.normal(11, 3, 300), 2))),
    "null, NaN and infinities": (
        sample(rng.gamma(2, 3, 200), null=11, nan=7, up=1, down=1),
        sample(rng.gamma(2, 4, 220), null=3, nan=19),
    ),
    "counts with many zeros": (mixed(rng.poisson(0.4, 500)), mixed(rng.poisson(0.7, 400), null=5)),
    "codes": (mixed(rng.integers(1, 6, 300)), mixed(rng.integers(2, 9, 200))),
    "whole numbers far apart": (mixed(rng.integers(-400, 900, 300)), mixed(rng.integers(-300, 1100, 280))),
    "negative zeros": (mixed([-0.0, 0.0, -0.0, -1.5, 2.25] * 20), mixed([0.0, 1.25, -2.5] * 20)),
    "nearly constant": (mixed([7.5] * 97 + [7.25, 8.5, 9.75]), mixed([7.5] * 94 + [7.25] * 6)),
    "apart": (sample(rng.uniform(0, 1, 100)), sample(rng.uniform(2, 3, 100))),
    "heavy tails": (sample(rng.standard_cauchy(400)), sample(rng.standard_cauchy(400) * 3)),
    "one value": ([2.5], [2.5, 3.5]),
    "nothing on one side": ([None, None, math.nan], sample(rng.normal(size=30))),
}


def texts(values):
    present = [v for v in values if v is not None]
    series = pd.Series(present, dtype=object)
    lengths = [len(v.encode()) for v in present]
    return {
        "rows": len(values),
        "null": len(values) - len(present),
        "empty": sum(v == "" for v in present),
        "distinct": int(series.nunique()),
        "mostCommon": most_common(present),
        "lengths": {"min": min(lengths), "max": max(lengths), "mean": sum(lengths) / len(lengths)} if lengths else None,
    }


words = ["", "red", "green", "blue", "größe", "naïve", "日本語", "🙂🙃", "e\u0301", "a" * 40]
text_sides = {
    "words": (
        [None if k % 17 == 0 else words[int(w)] for k, w in enumerate(rng.integers(0, 8, 300))],
        [None if k % 13 == 0 else words[int(w)] for k, w in enumerate(rng.integers(1, 10, 200))],
    ),
    "each once": ([f"id {k}" for k in range(120)], [f"id {k}" for k in range(60, 200)]),
    "one side empty": (["", "", None], ["x"]),
}


def new_texts(reference, current):
    known = {v for v in reference if v is not None}
    present = [v for v in current if v is not None]
    new = [v for v in present if v not in known]
    return {"rows": len(new), "share": len(new) / len(present), "count": len(set(new))}


def integers(values):
    """Beyond what doubles hold: Python's integers, and Fractions where they are needed."""
    ordered = sorted(values)
    return {
        "min": str(ordered[0]),
        "max": str(ordered[-1]),
        "median": str(ordered[len(ordered) // 2]),
        "distinct": len(set(values)),
        "mostCommon": [{"value": str(e["value"]), "count": e["count"]} for e in most_common(values)],
    }


large = [2**53 + int(k) for k in rng.integers(0, 12, 101)]
moments_in_time = pd.Series(pd.to_datetime(rng.integers(0, 2 * 10**15, 201), unit="us"))


def iso(stamp):
    return datetime.fromtimestamp(stamp.value // 10**6 / 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


print(
    json.dumps(
        plain(
            {
                "source": f"pandas {pd.__version__}, numpy {np.__version__}, scipy {scipy.__version__}, Python {sys.version.split()[0]}",
                "script": "quality.py",
                "seed": seed,
                "probabilities": probabilities,
                "numbers": [
                    {
                        "name": name,
                        "values": [reference, current],
                        "found": [numbers(reference), numbers(current)],
                        "together": together(reference, current),
                    }
                    for name, (reference, current) in sides.items()
                ],
                "texts": [
                    {
                        "name": name,
                        "values": [reference, current],
                        "found": [texts(reference), texts(current)],
                        "new": new_texts(reference, current),
                    }
                    for name, (reference, current) in text_sides.items()
                ],
                "integers": {"values": [str(v) for v in large], "found": integers(large)},
                "times": {
                    "microseconds": [int(t.value // 1000) for t in moments_in_time],
                    "min": iso(moments_in_time.min()),
                    "max": iso(moments_in_time.max()),
                    "quantiles": [iso(moments_in_time.quantile(p, interpolation="nearest")) for p in (0.25, 0.5, 0.75)],
                },
            }
        ),
        ensure_ascii=True,
    )
)
