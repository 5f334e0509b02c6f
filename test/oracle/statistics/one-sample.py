"""Writes one-sample.json. python3 one-sample.py > one-sample.json

scipy.stats.ks_1samp (exact laws) and scipy.stats.cramervonmises against named laws. SciPy's Cramér-von Mises p-value is
the limit law's with a term in 1/n, so it is only comparable to some per cent where n is small.
"""

import warnings

import numpy as np
import scipy.stats
from oracle import Sample, formula, samples, seed, write

warnings.simplefilter("ignore")
random = np.random.default_rng(seed + 6)
every = samples()
laws = {
    "normal": scipy.stats.norm,
    "uniform": scipy.stats.uniform,
    "exponential": scipy.stats.expon,
    "student 5": scipy.stats.t(5),
    "normal 0.3 1.5": scipy.stats.norm(0.3, 1.5),
}
pairs = [
    ("normal", every["normal"]),
    ("normal", every["shifted normal"]),
    ("normal 0.3 1.5", every["shifted normal"]),
    ("normal", every["one decimal"]),
    ("normal", Sample(np.round(random.normal(0.4, 1, 12), 6))),
    ("normal", Sample([0.4])),
    ("student 5", every["normal"]),
    ("student 5", every["cauchy"]),
    ("uniform", Sample(np.round(random.random(80), 6))),
    ("uniform", Sample(np.round(random.random(45) ** 1.3, 6))),
    ("uniform", Sample([-0.5, 0.2, 0.2, 0.7, 1.5])),
    ("uniform", formula(10000, 7919, 10007, 10009, 0)),
    ("exponential", every["lognormal"]),
    ("exponential", Sample(np.round(random.exponential(1, 60), 6))),
]
cases = []
for name, x in pairs:
    law = laws[name]
    case = {"law": name, "column": x.written()}
    for alternative in ("two-sided", "less", "greater"):
        found = scipy.stats.ks_1samp(x, law.cdf, alternative=alternative, method="exact")
        case[alternative] = [found.statistic, found.pvalue]
    if len(x) > 1:
        found = scipy.stats.cramervonmises(x, law.cdf)
        case["cramerVonMises"] = [found.statistic, found.pvalue]
    cases.append(case)
tolerance = {"statistic": 1e-12, "ks pValue": 1e-5, "cramerVonMises pValue above 1e-3": "2 / (3 n)"}
write("scipy.stats.ks_1samp, scipy.stats.cramervonmises", tolerance, cases)
