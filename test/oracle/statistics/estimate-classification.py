"""Writes estimate-classification.json. python3 estimate-classification.py > estimate-classification.json

Three kinds of cases. `expected`: NannyML's formulae (performance_estimation/confidence_based/metrics.py, version 0.13) for
probabilities taken as they are; of the ROC AUC and the average precision also the definitions that leave out a row's
product with itself, in which theirs differs by the order of one over the number of rows. `realised`: scikit-learn's
metrics of known labels. `laws`: quantiles of Poisson-binomial counts by exact rationals. `calibration`: scikit-learn's
isotonic regression.
"""

from fractions import Fraction

import numpy as np
import sklearn
from oracle import seed, write
from sklearn import metrics
from sklearn.isotonic import IsotonicRegression

random = np.random.default_rng(seed)


def nannyml_auc(p, scores):
    order = np.argsort(scores)[::-1]
    tps = np.r_[0, np.cumsum(p[order])]
    fps = np.r_[0, np.cumsum(1 - p[order])]
    return np.trapezoid(tps / tps[-1], fps / fps[-1])


def nannyml_ap(p, scores):
    tps = np.cumsum(p[np.argsort(scores)[::-1]])
    precision = tps / np.arange(1, len(p) + 1)
    return np.sum(np.diff(np.r_[0, tps]) / tps[-1] * precision)


def expected_auc(p, scores):
    wins = (scores[:, None] > scores[None, :]) + 0.5 * (scores[:, None] == scores[None, :])
    pairs = p[:, None] * (1 - p[None, :])
    np.fill_diagonal(pairs, 0)
    return np.sum(wins * pairs) / np.sum(pairs)


def expected_ap(p, scores):
    total = 0
    for i in range(len(p)):
        at_least = scores >= scores[i]
        # E[y_i * (number of positives that score at least as high)], a label's square being itself.
        total += p[i] * (np.sum(p[at_least]) + 1 - p[i]) / np.sum(at_least)
    return total / np.sum(p)


def binary(name, p, threshold):
    said = p >= threshold
    tp, fp = np.sum(p[said]), np.sum(1 - p[said])
    fn, tn = np.sum(p[~said]), np.sum(1 - p[~said])
    return {
        "kind": "expected",
        "name": name,
        "scores": p,
        "threshold": threshold,
        "confusion": [[tn, fp], [fn, tp]],
        "accuracy": (tp + tn) / len(p),
        "precision": tp / (tp + fp),
        "recall": tp / (tp + fn),
        "specificity": tn / (tn + fp),
        "f1": tp / (tp + 0.5 * (fp + fn)),
        "rocAuc": expected_auc(p, p),
        "averagePrecision": expected_ap(p, p),
        "nannyml": {"rocAuc": nannyml_auc(p, p), "averagePrecision": nannyml_ap(p, p)},
        "standardErrors": {
            "accuracy": np.sqrt(np.sum(p * (1 - p))) / len(p),
            "precision": np.sqrt(np.sum((p * (1 - p))[said])) / np.sum(said),
        },
    }


def multiclass(name, p):
    said = np.argmax(p, axis=1)
    classes = range(p.shape[1])
    confusion = [[np.sum(p[said == j, i]) for j in classes] for i in classes]
    each = [binary("", p[:, k], 0.5) for k in classes]
    for k in classes:
        here = said == k
        tp, fp = np.sum(p[here, k]), np.sum(1 - p[here, k])
        fn, tn = np.sum(p[~here, k]), np.sum(1 - p[~here, k])
        each[k].update(
            precision=tp / (tp + fp), recall=tp / (tp + fn), specificity=tn / (tn + fp), f1=tp / (tp + 0.5 * (fp + fn))
        )
    names = ["precision", "recall", "specificity", "f1", "rocAuc", "averagePrecision"]
    return {
        "kind": "multiclass",
        "name": name,
        "scores": p.T,
        "confusion": confusion,
        "accuracy": np.mean(np.max(p, axis=1)),
        **{key: np.mean([one[key] for one in each]) for key in names},
    }


def realised(name, labels, scores):
    said = (scores >= 0.5).astype(int)
    return {
        "kind": "realised",
        "name": name,
        "labels": labels,
        "scores": scores,
        "confusion": metrics.confusion_matrix(labels, said),
        "accuracy": metrics.accuracy_score(labels, said),
        "precision": metrics.precision_score(labels, said),
        "recall": metrics.recall_score(labels, said),
        "specificity": metrics.recall_score(1 - labels, 1 - said),
        "f1": metrics.f1_score(labels, said),
        "rocAuc": metrics.roc_auc_score(labels, scores),
        "averagePrecision": metrics.average_precision_score(labels, scores),
    }


def law(name, p, confidence):
    counts = [Fraction(1)]
    for share in map(Fraction, p.tolist()):
        counts = [
            (counts[k] * (1 - share) if k < len(counts) else 0) + (counts[k - 1] * share if k > 0 else 0)
            for k in range(len(counts) + 1)
        ]
    tail = Fraction(1 - confidence) / 2
    low = next(k for k in range(len(counts)) if sum(counts[: k + 1]) > tail)
    high = next(k for k in reversed(range(len(counts))) if sum(counts[k:]) > tail)
    return {"kind": "law", "name": name, "probabilities": p, "confidence": confidence, "interval": [low, high]}


def calibration(name, scores, labels, at):
    fitted = IsotonicRegression(out_of_bounds="clip").fit(scores, labels)
    return {"kind": "calibration", "name": name, "scores": scores, "labels": labels, "at": at, "values": fitted.predict(at)}


labels = (random.random(120) < 0.4).astype(int)
scores = np.round(np.clip(0.35 * labels + 0.65 * random.random(120), 0, 1), 5)
dirichlet = np.round(random.dirichlet([1, 2, 0.7], 70), 4)
dirichlet[:, 2] = 1 - dirichlet[:, 0] - dirichlet[:, 1]
x = np.round(random.normal(size=150), 2)
cases = [
    binary("uniform", np.round(random.random(100), 6), 0.5),
    binary("rare", np.round(random.beta(0.3, 4, 200), 6), 0.25),
    binary("a few rows", np.array([0.9, 0.2, 0.7, 0.4, 0.55]), 0.5),
    multiclass("three classes", dirichlet),
    realised("labels", labels, scores),
    realised("labels, scores with ties", labels, np.round(scores, 1)),
    law("uniform", np.round(random.random(60), 3), 0.95),
    law("rare", np.round(random.beta(0.3, 9, 120), 3), 0.9),
    law("certain ones among them", np.array([0, 1, 1, 0.5, 0.25, 1, 0, 0.75]), 0.8),
    calibration("noisy", x, (random.random(150) < 1 / (1 + np.exp(-2 * x))).astype(int), np.linspace(-4, 4, 41)),
    calibration("falling", x, (random.random(150) < 1 / (1 + np.exp(2 * x))).astype(int), np.linspace(-4, 4, 9)),
]
write(f"NannyML 0.13's formulae, scikit-learn {sklearn.__version__}", 1e-10, cases)
