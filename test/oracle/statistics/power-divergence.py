"""Writes power-divergence.json. python3 power-divergence.py > power-divergence.json

Statistics by their definition, 2 / (λ(λ + 1)) · sum of O ((O/E)^λ - 1) and its limits for λ = 0 and -1, in mpmath from
exact expected counts; scipy.stats.chi2_contingency(lambda_=…) agrees. `mean` is that over all ways to deal the rows, from
each cell's hypergeometric law. The effects of the table are those of R's DescTools: Cramér's V with Bergsma's correction,
Theil's U as mutual information over the side's entropy (scipy.stats.entropy agrees), Cohen's h.
"""

from fractions import Fraction
from math import comb

import mpmath
import numpy as np
from oracle import mp, write
from scipy.stats import chi2_contingency, entropy
from tables import tables, used

names = {
    "pearson": Fraction(1),
    "log-likelihood": Fraction(0),
    "freeman-tukey": Fraction(-1, 2),
    "mod-log-likelihood": Fraction(-1),
    "neyman": Fraction(-2),
    "cressie-read": Fraction(2, 3),
}


def term(observed, expected, power):
    """One cell; infinite ones are mpmath's."""
    o, e = mpmath.mpf(observed), mp(Fraction(expected))
    if power == 0:
        return 2 * o * mpmath.log(o / e) if o else mpmath.mpf(0)
    if power == -1:
        return 2 * e * mpmath.log(e / o) if o else mpmath.inf
    if o == 0:
        # O^(λ+1) / E^λ
        return mpmath.mpf(0) if power > -1 else mpmath.inf
    lam = mp(power)
    return 2 / (lam * (lam + 1)) * o * ((o / e) ** lam - 1)


def statistic(x, y, n, m, power):
    return mpmath.fsum(
        term(o, Fraction((i + j) * size, n + m), power)
        for i, j in zip(x, y)
        for o, size in ((i, n), (j, m))
    )


def mean(totals, n, m, power):
    known = {}
    for c in set(totals):
        ways = comb(n + m, n)
        known[c] = mpmath.fsum(
            mpmath.mpf(comb(c, i) * comb(n + m - c, n - i)) / ways
            * (term(i, Fraction(c * n, n + m), power) + term(c - i, Fraction(c * m, n + m), power))
            for i in range(max(0, c - m), min(c, n) + 1)
        )
    return mpmath.fsum(known[c] for c in totals)


def effects(x, y, n, m):
    N, k = n + m, len(x)
    phi2 = Fraction(sum(Fraction((i * m - j * n) ** 2, n * m * (i + j)) for i, j in zip(x, y)), N)
    excess = max(Fraction(0), phi2 - Fraction(k - 1, N - 1))
    most = min(k - 1 - Fraction((k - 1) ** 2, N - 1), 1 - Fraction(1, N - 1))
    shares = sum((Fraction(i, n) - Fraction(j, m)) ** 2 / (Fraction(i, n) + Fraction(j, m)) for i, j in zip(x, y))
    h = lambda counts: -mpmath.fsum(mpmath.mpf(c) / sum(counts) * mpmath.log(mpmath.mpf(c) / sum(counts)) for c in counts if c)
    sides, cells, joint = h([n, m]), h([i + j for i, j in zip(x, y)]), h(list(x) + list(y))
    u = (sides + cells - joint) / sides
    scipy_says = (entropy([n, m]) + entropy([i + j for i, j in zip(x, y)]) - entropy(list(x) + list(y))) / entropy([n, m])
    assert abs(scipy_says - u) < 1e-9
    phi = lambda p: 2 * mpmath.asin(mpmath.sqrt(mp(p)))
    return {
        "cramersVCorrected": mpmath.sqrt(mp(excess / most)) if most > 0 else 0,
        "cramersVBalanced": mpmath.sqrt(mp(shares / 2)),
        "theilsU": u,
        "cohensH": abs(phi(Fraction(x[0], n)) - phi(Fraction(y[0], m))) if k == 2 else None,
    }


cases = []
for name, (reference, current) in tables().items():
    x, y = used(reference, current)
    n, m = sum(x), sum(y)
    totals = [i + j for i, j in zip(x, y)]
    found, means = {}, {}
    for label, power in names.items():
        found[label] = statistic(x, y, n, m, power)
        if mpmath.isinf(found[label]):
            continue
        with np.errstate(all="ignore"):
            scipy_says = chi2_contingency(np.array([x, y]), correction=False, lambda_=label).statistic
        # With an empty cell and λ < 0 SciPy's is not a number.
        assert np.isnan(scipy_says) or abs(scipy_says - found[label]) <= 1e-6 + 1e-9 * abs(found[label]), (name, label)
        if n + m <= 3000 and power > -1:
            means[label] = mean(totals, n, m, power)
    more = {str(p): statistic(x, y, n, m, Fraction(float(p))) for p in ("3", "1e-9", "-0.999999999")}
    cases.append(
        {
            "name": name,
            "reference": reference,
            "current": current,
            "statistics": found,
            "numbered": more,
            "means": means,
            "effects": effects(x, y, n, m),
        }
    )
write(
    "the definitions in mpmath; scipy.stats.chi2_contingency(lambda_=…) and scipy.stats.entropy agree",
    {"statistics": 1e-12, "means": 1e-12, "effects": 1e-12},
    cases,
)
