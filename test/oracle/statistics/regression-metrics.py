"""Writes regression-metrics.json. python3 regression-metrics.py > regression-metrics.json

Values are scikit-learn's, and again the definitions with 60 digits (mpmath), from the doubles as they are. A² of the normal law
is its definition with SciPy's logarithms; its p-value is statsmodels'. Intervals are their formulae in mpmath and SciPy.
"""

import math

import mpmath
import numpy as np
import sklearn
import statsmodels
from mpmath import mpf, sqrt
from oracle import Sample, formula, seed, write
from scipy import stats
from sklearn import metrics
from statsmodels.stats.diagnostic import normal_ad

random = np.random.default_rng(seed)
probabilities = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99]


def definitions(target, prediction):
    y, p = [mpf(x) for x in target], [mpf(x) for x in prediction]
    n = len(y)
    e = [b - a for a, b in zip(y, p)]
    mean = sum(e) / n
    size = [abs(x) for x in e]
    share = [abs(x) / max(abs(a), mpf(2) ** -52) for x, a in zip(e, y)]
    square = [x * x for x in e]
    centre = sum(y) / n
    d = [(a - centre) ** 2 for a in y]
    total, residual = sum(d), sum(square)
    values = {
        "meanError": mean,
        "meanAbsoluteError": sum(size) / n,
        "meanAbsolutePercentageError": sum(share) / n,
        "rootMeanSquaredError": sqrt(residual / n),
        "r2": None if n == 1 else 1 - residual / total if total > 0 else mpf(1 if residual == 0 else 0),
    }
    intervals = {}
    if n > 1:
        t = mpf(float(stats.t.ppf(0.975, n - 1)))
        variance = lambda x, m: sum((v - m) ** 2 for v in x) / (n - 1)
        values["errorStandardDeviation"] = sqrt(variance(e, mean))

        def plain(name, x, least):
            half = t * sqrt(variance(x, values[name]) / n)
            intervals[name] = [max(least, values[name] - half), values[name] + half] if half > 0 else None

        plain("meanError", e, -mpmath.inf)
        plain("meanAbsoluteError", size, 0)
        plain("meanAbsolutePercentageError", share, 0)
        m = residual / n
        half = t * sqrt(variance(square, m) / n) / m / 2 if m > 0 else 0
        root = values["rootMeanSquaredError"]
        intervals["rootMeanSquaredError"] = [root * mpmath.exp(-half), root * mpmath.exp(half)] if half > 0 else None
        intervals["r2"] = None
        if total > 0 and residual > 0:
            influence = [a / m - b / (total / n) for a, b in zip(square, d)]
            half = t * sqrt(variance(influence, 0) / n)
            rest = residual / total
            intervals["r2"] = [1 - rest * mpmath.exp(half), 1 - rest * mpmath.exp(-half)] if half > 0 else None
    return values, intervals


def theirs(y, p):
    return {
        "meanAbsoluteError": metrics.mean_absolute_error(y, p),
        "meanAbsolutePercentageError": metrics.mean_absolute_percentage_error(y, p),
        "rootMeanSquaredError": metrics.root_mean_squared_error(y, p),
        "medianAbsoluteError": metrics.median_absolute_error(y, p),
        "maximumError": metrics.max_error(y, p),
        "r2": metrics.r2_score(y, p) if len(y) > 1 else None,
    }


def median_ranks(n):
    """The largest k with P(Binomial(n, 1/2) < k) <= 2.5 %, from integers."""
    k, tail = 0, 0
    while (tail := tail + math.comb(n, k)) * 40 <= 2**n:
        k += 1
    return k


def case(name, y, p, digits=True):
    e = np.asarray(p) - np.asarray(y)
    values, intervals = definitions(y, p)
    k = median_ranks(len(e))
    size = np.sort(np.abs(e))
    intervals["medianAbsoluteError"] = [size[k - 1], size[len(e) - k]] if k > 0 else None
    quantiles = np.quantile(e, probabilities)
    normality = None
    e = e / 2.0 ** math.frexp(float(np.max(np.abs(e))))[1] if np.any(e) else e
    if len(e) >= 8 and np.std(e) > 0:
        # statsmodels takes log(1 - cdf), which has no digits in the tail.
        z = (np.sort(e) - np.mean(e)) / np.std(e, ddof=1)
        k = np.arange(1, len(e) + 1)
        terms = (2 * k - 1) * (stats.norm.logcdf(z) + stats.norm.logsf(z[::-1])) / len(e)
        statistic = -math.fsum([len(e), *terms])
        normality = {"statistic": statistic, "pValue": normal_ad(e)[1] if statistic < 9 else None}
    return {
        "name": name,
        "target": y.written(),
        "prediction": p.written(),
        "values": values,
        "intervals": intervals,
        "theirs": theirs(np.asarray(y), np.asarray(p)) if digits else None,
        "quantiles": quantiles,
        "normality": normality,
    }


def pair(n, scale=1.0, offset=0.0, noise=lambda n: random.normal(size=n)):
    y = random.normal(size=n) * 3 * scale + offset
    return Sample(y), Sample(y + noise(n) * scale)


skewed = lambda n: random.exponential(size=n) ** 2
cases = [
    case("normal errors", *pair(200)),
    case("skewed errors", *pair(150, noise=skewed)),
    case("heavy tails", *pair(120, noise=lambda n: random.standard_cauchy(n))),
    case("biased", *pair(90, noise=lambda n: 0.5 + 0.1 * random.normal(size=n))),
    case("far from zero", *pair(100, offset=1e8), digits=False),
    case("very far", Sample(1e15 + random.integers(0, 50, 80)), Sample(1e15 + random.integers(0, 50, 80)), digits=False),
    case("with zeros", Sample([0.0, 0.0, 1.0, 2.0, -3.0, 4.0]), Sample([0.0, 0.5, 1.25, 1.0, -3.0, 5.0])),
    case("whole numbers", Sample(random.integers(1, 9, 70)), Sample(random.integers(1, 9, 70))),
    case("perfect", Sample([1.0, 2.0, 4.0]), Sample([1.0, 2.0, 4.0])),
    case("constant target", Sample([2.0] * 5), Sample([1.0, 2.0, 3.0, 4.0, 5.0])),
    case("constant and met", Sample([2.0] * 4), Sample([2.0] * 4)),
    case("constant error", Sample([1.0, 2.0, 3.0, 4.5]), Sample([2.0, 3.0, 4.0, 5.5])),
    case("one row", Sample([3.0]), Sample([5.0])),
    case("two rows", Sample([3.0, 4.0]), Sample([5.0, 4.5])),
    case("huge", *pair(40, scale=1e300), digits=False),
    case("tiny", *pair(40, scale=1e-290), digits=False),
    case("several blocks", formula(9000, 7919, 104729, 1000, -50), formula(9000, 104729, 7919, 100, -40)),
]
write(
    f"scikit-learn {sklearn.__version__}, statsmodels {statsmodels.__version__} normal_ad, mpmath",
    1e-13,
    cases,
)
