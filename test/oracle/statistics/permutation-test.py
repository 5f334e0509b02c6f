"""Writes permutation-test.json. python3 permutation-test.py > permutation-test.json

Exact permutation p-values by scipy.stats.permutation_test, which tries all ways to deal the pooled values to sides of
these sizes; statistics by scipy.stats, means in exact rationals. For two-sided p-values scipy doubles the rarer tail as well.
"""

import numpy as np
import scipy.stats
from oracle import Sample, exact, samples, write


def total_variation(x, y):
    values = np.unique(np.concatenate([x, y]))
    share = lambda side: np.array([np.mean(side == value) for value in values])
    return 0.5 * np.sum(np.abs(share(x) - share(y)))


def mean(x):
    return sum(exact(x)) / len(x)


distances = {
    "wasserstein": scipy.stats.wasserstein_distance,
    "energy": scipy.stats.energy_distance,
    "ks": lambda x, y: scipy.stats.ks_2samp(x, y, method="asymp").statistic,
    "mean-difference": lambda x, y: float(mean(x) - mean(y)),
    "total-variation": total_variation,
}
every = samples()
normal, other = every["normal"], every["shifted normal"]
pairs = [
    ("four and five", normal[:4], other[:5]),
    ("shifted", normal[:7], [value + 1.5 for value in other[:6]]),
    ("two against seven", [3.5, 0.1], normal[:7]),
    ("digits", every["digits"][:7], every["more digits"][:6]),
    ("two values", [-1, 7, 7, 7, 7], [-1, -1, -1, 7]),
    ("constant", [4, 4, 4], [4, 4]),
    ("far from zero", every["far from zero"][:6], [value + 1 for value in every["far from zero"][6:12]]),
    ("eight and seven", normal[20:28], [1.4 * value for value in other[20:27]]),
]
cases = []
for name, x, y in pairs:
    x, y = Sample(x), Sample(y)
    for distance, statistic in distances.items():
        alternatives = ["greater", "less", "two-sided"] if distance == "mean-difference" else ["greater"]
        for alternative in alternatives:
            found = scipy.stats.permutation_test(
                (x, y), statistic, n_resamples=np.inf, alternative=alternative, vectorized=False
            )
            case = {"name": name, "distance": distance, "alternative": alternative}
            case |= {"reference": x.written(), "current": y.written()}
            cases.append({**case, "statistic": float(found.statistic), "pValue": float(found.pvalue)})
write("scipy.stats.permutation_test, all ways", 1e-12, cases)
