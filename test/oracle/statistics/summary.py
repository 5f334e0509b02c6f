"""Writes summary.json. python3 summary.py > summary.json

pandas: describe (count, mean, std, min, quartiles, max; of text count, unique, top, freq), quantile, nunique, skew, kurt,
value_counts. SciPy: skew and kurtosis without correction. Far from zero, for constants and where squares overflow or
vanish pandas loses digits of the standard deviation and the shape: there is no number for them here (`moments` has exact
ones).
"""

import numpy as np
import pandas as pd
import scipy.stats
from oracle import samples, seed, write

every = samples()
deciles = [k / 10 for k in range(1, 10)]
left_out = {"huge", "tiny", "subnormal", "an outlier", "far from zero", "very far", "powers of two", "constant"}
numbers = []
for name, values in every.items():
    x = pd.Series(list(values), dtype=float)
    found = x.describe()
    shape = name not in left_out and x.nunique() > 1 and len(x) > 3
    if name == "huge":  # pandas' variance overflows
        continue
    numbers.append(
        {
            "name": name,
            "values": values.written(),
            "count": int(found["count"]),
            "mean": float(found["mean"]),
            "standardDeviation": float(found["std"]) if len(x) > 1 and name not in left_out else None,
            "min": float(found["min"]) + 0.0,
            "max": float(found["max"]) + 0.0,
            "quartiles": [float(found[q]) for q in ("25%", "50%", "75%")],
            "deciles": x.quantile(deciles).to_numpy(),
            "distinct": int((x + 0.0).nunique()),
            "skewness": float(scipy.stats.skew(x)) if shape else None,
            "kurtosis": float(scipy.stats.kurtosis(x)) if shape else None,
            "correctedSkewness": float(x.skew()) if shape else None,
            "correctedKurtosis": float(x.kurt()) if shape else None,
        }
    )

random = np.random.default_rng(seed)
columns = {
    "colours": list(random.choice(["red", "green", "blue", "ä", ""], 60, p=[0.4, 0.3, 0.15, 0.1, 0.05])),
    "with missing ones": [None if random.random() < 0.3 else str(v) for v in random.integers(0, 4, 50)],
    "names": [f"name {k}" for k in range(30)],
    "nothing": [None, None],
}
text = []
for name, values in columns.items():
    x = pd.Series([None if v is None else str(v) for v in values], dtype=object)
    counts = sorted(x.value_counts().items(), key=lambda entry: (-entry[1], entry[0]))
    found = x.describe()
    assert int(found["count"]) == sum(count for _, count in counts) and int(found["unique"]) == len(counts)
    if counts:
        assert int(found["freq"]) == counts[0][1]
    text.append(
        {
            "name": name,
            "values": list(x),
            "count": int(found["count"]),
            "null": int(x.isna().sum()),
            "distinct": len(counts),
            "categories": [{"name": category, "count": int(count)} for category, count in counts],
        }
    )
write(
    "pandas describe and its relatives, scipy.stats",
    {"mean, standardDeviation, quantiles": 1e-14, "skewness, kurtosis, over the larger of their size and 1": 1e-12},
    numbers,
    pandas=pd.__version__,
    text=text,
)
