"""Writes concept-drift.json. python3 concept-drift.py > concept-drift.json

The generalized covariance measure, written out with scikit-learn's boosted trees: other trees, other folds, so statistics
agree only to what trees and folds make of the same rows. Its spread over ten choices of folds is given beside it.
"""

import numpy as np
import sklearn
from oracle import Sample, seed, write
from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor
from sklearn.model_selection import StratifiedKFold

random = np.random.default_rng(seed)
settings = dict(max_iter=50, learning_rate=0.1, max_leaf_nodes=8, early_stopping=False)


def out_of_fold(make, x, y, sides, folds, proba):
    expected = np.zeros(len(y))
    for train, test in StratifiedKFold(5, shuffle=True, random_state=folds).split(x, sides):
        model = make(**settings).fit(x[train], y[train])
        expected[test] = model.predict_proba(x[test])[:, 1] if proba else model.predict(x[test])
    return expected


def measure(x, y, sides, classes, folds):
    side = sides - out_of_fold(HistGradientBoostingClassifier, x, sides, sides, folds, True)
    make = HistGradientBoostingClassifier if classes else HistGradientBoostingRegressor
    rest = y - out_of_fold(make, x, y, sides, folds, classes)
    squares = rest**2
    left = squares - out_of_fold(HistGradientBoostingRegressor, x, squares, sides, folds, False)
    z = lambda r: r.mean() / r.std() * np.sqrt(len(r))
    return z(side * rest), (side * rest).mean() / (side**2).mean(), z(side * left)


def case(name, n, m, shift, target, classes=False):
    sides = np.r_[np.zeros(n, int), np.ones(m, int)]
    x = np.round(random.normal(size=(n + m, 2)) + shift * sides[:, None], 3)
    y = np.asarray(target(x, random.normal(size=n + m), sides), dtype=float)
    y = y.astype(int) if classes else np.round(y, 3)
    found = np.array([measure(x, y, sides, classes, folds) for folds in range(10)])
    return {
        "name": name,
        "reference": {"a": Sample(x[:n, 0]).written(), "b": Sample(x[:n, 1]).written(), "y": Sample(y[:n] * 1.0).written()},
        "current": {"a": Sample(x[n:, 0]).written(), "b": Sample(x[n:, 1]).written(), "y": Sample(y[n:] * 1.0).written()},
        "mean": {"statistic": found[:, 0].mean(), "sd": found[:, 0].std(ddof=1), "difference": found[:, 1].mean()},
        "spread": None if classes else {"statistic": found[:, 2].mean(), "sd": found[:, 2].std(ddof=1)},
    }


cases = [
    case("no change, features shifted", 300, 300, 0.5, lambda x, e, c: x[:, 0] + x[:, 1] + e),
    case("half a standard deviation more", 300, 200, 0.5, lambda x, e, c: x[:, 0] + x[:, 1] + e + 0.5 * c),
    case("less, of one class", 400, 300, 0.3, lambda x, e, c: x[:, 0] - 0.9 * c + 1.5 * e > 0, True),
    case("twice the spread", 300, 300, 0.3, lambda x, e, c: x[:, 0] + (1 + c) * e),
]
write(f"scikit-learn {sklearn.__version__} HistGradientBoosting in the formulae of Shah and Peters (2020)", 1e-12, cases)
