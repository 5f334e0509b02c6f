"""Writes ecdf.json. python3 ecdf.py > ecdf.json

scipy.stats.ecdf: its steps, and its values at points on, beside and between them. SciPy has no answer for infinities.
"""

import numpy as np
import scipy.stats
from oracle import Sample, formula, samples, write

every = samples()
every["long"] = formula(20000, 7919, 104729, 1024, -50)
every["long with ties"] = formula(9000, 7919, 30, 2, -3)
cases = []
for name, values in every.items():
    x = np.array(values)
    found = scipy.stats.ecdf(x).cdf
    counts = np.round(found.probabilities * len(x)).astype(int)
    assert np.all(counts / len(x) == found.probabilities), name
    some = found.quantiles[:: max(1, len(found.quantiles) // 12)]
    beside = [float(np.nextafter(v, towards)) for v in some for towards in (-np.inf, np.inf)]
    points = [float(v) for v in some] + beside + [float(v) / 2 for v in some] + [-1e308, 1e308, 0.0, -0.0]
    # Mixed, since points may come in any order.
    points = [points[k] for k in np.random.default_rng(1).permutation(len(points))]
    short = len(found.quantiles) <= 300
    cases.append(
        {
            "name": name,
            "values": values.written(),
            "steps": found.quantiles if short else None,
            "cumulative": counts if short else None,
            "points": Sample(points).written(),
            "shares": found.evaluate(points),
        }
    )
write("scipy.stats.ecdf", 0, cases)
