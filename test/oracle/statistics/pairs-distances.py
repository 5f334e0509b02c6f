"""Writes pairs-distances.json. python3 pairs-distances.py > pairs-distances.json

Wasserstein and energy distance, quantiles and the chi-square test on the pairs of pairs.tsv: the areas as exact rationals
of the binary64 inputs, X² as an exact rational, quantiles of one side as numpy.quantile has them (linear interpolation).
SciPy and R (pairs-distances-r.json) must agree; only their p-value of X² is another law's, as the case says.
"""

import json
import warnings
from fractions import Fraction

import mpmath
import numpy as np
import scipy.stats
from oracle import exact, mp, nearest, write
from pairs import read, values

warnings.simplefilter("ignore")
probabilities = [0, 0.01, 0.25, 0.5, 0.9, 1]
with open("pairs-distances-r.json", encoding="utf-8") as file:
    from_r = {case["name"]: case for case in json.load(file)["cases"]}


def areas(x, y):
    """The integrals of |F - G| and of (F - G)²."""
    n, m = len(x), len(y)
    distinct = np.unique(np.concatenate([x, y]))
    i = np.searchsorted(np.sort(x), distinct, "right").tolist()
    j = np.searchsorted(np.sort(y), distinct, "right").tolist()
    places = exact(distinct)
    divisor = max(place.denominator for place in places)
    places = [place.numerator * (divisor // place.denominator) for place in places]
    one = two = 0
    for k in range(len(places) - 1):
        gap, step = i[k] * m - j[k] * n, places[k + 1] - places[k]
        one += abs(gap) * step
        two += gap * gap * step
    return Fraction(one, n * m * divisor), Fraction(two, (n * m) ** 2 * divisor)


def compared(name, ours, theirs):
    assert abs(float(ours) - theirs) <= 1e-9 * abs(float(ours)), (name, float(ours), theirs)
    return {"exact": ours, "scipy": theirs}


cases = []
for name, rules in read().items():
    x, y = (values(rule) for rule in rules)
    w, e = areas(x, y)
    w, e = mp(w), mpmath.sqrt(2 * mp(e))
    case = {
        "name": name,
        "wasserstein": compared(name, w, scipy.stats.wasserstein_distance(x, y)),
        "energy": compared(name, e, scipy.stats.energy_distance(x, y)),
    }
    if len(x) <= 1000:
        case["quantiles"] = np.quantile(x, probabilities)
    distinct = np.unique(np.concatenate([x, y]))
    if 1 < len(distinct) <= 20 and len(x) + len(y) > 3:
        table = np.array([[int(np.sum(side == value)) for value in distinct] for side in (x, y)])
        n, m = len(x), len(y)
        statistic = sum(Fraction(int(i * m - j * n) ** 2, int(n * m * (i + j))) for i, j in table.T.tolist())
        peer = scipy.stats.chi2_contingency(table, correction=False)
        r = from_r[name]
        for theirs in (peer.statistic, float(r["statistic"])):
            assert abs(theirs - nearest(statistic)) <= 1e-9 * nearest(statistic) + 1e-12, (name, theirs, statistic)
        assert abs(peer.pvalue - float(r["pValue"])) <= 1e-9 * peer.pvalue + 1e-15, (name, peer.pvalue, r)
        case["chiSquare"] = {
            "statistic": statistic,
            "degreesOfFreedom": peer.dof,
            "limit": peer.pvalue,
            "expected": peer.expected_freq.min(),
            "why": "SciPy and R take the limit law; ours has the mean and variance that X² has given the margins",
        }
    cases.append(case)
write(
    "exact rationals, numpy.quantile; scipy.stats.wasserstein_distance, energy_distance, chi2_contingency and R's chisq.test",
    {"wasserstein, energy": 1e-12, "chiSquare.statistic": 1e-12},
    cases,
    probabilities=probabilities,
)
