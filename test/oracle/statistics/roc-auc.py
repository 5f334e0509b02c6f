"""Writes roc-auc.json. python3 roc-auc.py > roc-auc.json

The area is scikit-learn's; the variance DeLong's, by its definition: all pairs are looked at.
"""

import numpy as np
import sklearn
from oracle import Sample, seed, write
from sklearn.metrics import roc_auc_score

random = np.random.default_rng(seed)


def delong(labels, scores):
    x, y = scores[labels == 1], scores[labels == 0]
    with np.errstate(invalid="ignore"):
        wins = (x[:, None] > y[None, :]) + 0.5 * (x[:, None] == y[None, :])
    v10, v01 = wins.mean(axis=1), wins.mean(axis=0)
    return np.sqrt(v10.var(ddof=1) / len(x) + v01.var(ddof=1) / len(y))


def labelled(name, n, scores_of):
    labels = (random.random(n) < 0.3).astype(int)
    labels[:4] = [0, 1, 0, 1]
    return name, labels, np.asarray(scores_of(labels), dtype=float)


cases = []
for name, labels, scores in [
    labelled("normal scores", 150, lambda y: np.round(random.normal(size=150) + y, 6)),
    labelled("scores with ties", 200, lambda y: random.integers(0, 6, 200) + y),
    labelled("reversed scores", 80, lambda y: np.round(random.normal(size=80) - 2 * y, 6)),
    labelled("equal scores", 30, lambda y: np.ones(30)),
    labelled("few rows", 6, lambda y: np.round(random.random(6), 4)),
    labelled("infinite scores", 60, lambda y: np.where(random.random(60) < 0.2, np.inf, np.round(random.normal(size=60), 3) + y)),
    labelled("tiny scores", 60, lambda y: (random.normal(size=60) + y) * 1e-310),
]:
    finite = np.where(np.isinf(scores), 1e9, scores)
    cases.append(
        {
            "name": name,
            "labels": labels,
            "scores": Sample(scores).written(),
            "auc": roc_auc_score(labels, np.argsort(np.argsort(finite)) if name == "tiny scores" else finite),
            "standardError": delong(labels, scores),
        }
    )
write(f"scikit-learn {sklearn.__version__} roc_auc_score, DeLong by definition", 1e-12, cases)
