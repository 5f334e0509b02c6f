"""Writes classification-metrics.json. python3 classification-metrics.py > classification-metrics.json

Values are scikit-learn's. Intervals by formula: Wilson's are SciPy's; the delta method's follow from derivatives of
scikit-learn's own metrics by the weight of each row, taken numerically; DeLong's influences are those of the definition, over
all pairs of rows. `null` where scikit-learn divides zero by zero.
"""

import warnings

import numpy as np
import sklearn
from oracle import seed, write
from scipy.stats import binomtest, norm
from sklearn import metrics
from sklearn.calibration import calibration_curve

random = np.random.default_rng(seed)
warnings.filterwarnings("ignore")
z = norm.isf(0.025)


def or_null(value):
    return None if np.isnan(value) else float(value)


def wilson(hits, rows):
    found = binomtest(int(hits), int(rows)).proportion_ci(0.95, "wilson")
    return [found.low, found.high]


def odds(value, variance):
    if not (0 < value < 1 and variance > 0):
        return None
    centre, width = np.log(value / (1 - value)), z * np.sqrt(variance) / value / (1 - value)
    return [1 / (1 + np.exp(width - centre)), 1 / (1 + np.exp(-width - centre))]


def by_weights(metric, rows, of=None):
    """The sum of squared derivatives of a metric by the weights of rows; rows of one value of `of` have one derivative."""
    step, known, total = 1e-4, {}, 0.0
    for row in range(rows):
        key = row if of is None else of[row]
        if key not in known:
            up, down = np.ones(rows), np.ones(rows)
            up[row] += step
            down[row] -= step
            known[key] = (metric(up) - metric(down)) / (2 * step)
        total += known[key] ** 2
    return total


def mean_of_shares(hits, sizes):
    """Square and add."""
    shares = [h / s if s > 0 else 0 for h, s in zip(hits, sizes)]
    ends = [wilson(h, s) if s > 0 else [0, 0] for h, s in zip(hits, sizes)]
    below = sum((p - low) ** 2 for p, (low, _) in zip(shares, ends)) ** 0.5 / len(sizes)
    above = sum((high - p) ** 2 for p, (_, high) in zip(shares, ends)) ** 0.5 / len(sizes)
    mean = float(np.mean(shares))
    return [max(0, mean - below), min(1, mean + above)]


def of_confusion(labels, said):
    names = sorted(set(labels) | set(said))
    table = metrics.confusion_matrix(labels, said, labels=names)
    rows = len(labels)
    kinds = {
        "precision": metrics.precision_score,
        "recall": metrics.recall_score,
        "f1": metrics.f1_score,
    }
    averages = {
        f"{name}.{average}": metric(labels, said, average=average, zero_division=0)
        for name, metric in kinds.items()
        for average in ["macro", "weighted", "micro"]
    }
    each = {name: [or_null(v) for v in metric(labels, said, labels=names, average=None, zero_division=np.nan)] for name, metric in kinds.items()}
    a, b, d = table.sum(axis=1), table.sum(axis=0), np.diag(table)
    cells = [(x, y) for x, y in zip(labels, said)]

    def delta(metric):
        return by_weights(lambda weights: metric(weights), rows, cells)

    mcc = metrics.matthews_corrcoef(labels, said)
    spread = delta(lambda w: metrics.matthews_corrcoef(labels, said, sample_weight=w))
    width = z * np.sqrt(spread) / (1 - mcc**2) if abs(mcc) < 1 else 0
    average_of = lambda metric, average: lambda w: metric(labels, said, average=average, zero_division=0, sample_weight=w)
    jaccard = [wilson(d[k], a[k] + b[k] - d[k]) for k in range(len(names))]
    accuracy = metrics.accuracy_score(labels, said)
    known = [k for k in range(len(names)) if a[k] > 0]
    return {
        "classes": names,
        "confusion": table,
        "accuracy": accuracy,
        "balancedAccuracy": metrics.balanced_accuracy_score(labels, said),
        "mcc": mcc,
        **averages,
        "perClass": each,
        "intervals": {
            "accuracy": wilson(d.sum(), rows),
            "balancedAccuracy": mean_of_shares(d[known], a[known]),
            "precision.macro": mean_of_shares(d, b),
            "recall.macro": mean_of_shares(d, a),
            "precision.weighted": odds(averages["precision.weighted"], delta(average_of(metrics.precision_score, "weighted"))),
            "f1.macro": odds(averages["f1.macro"], delta(average_of(metrics.f1_score, "macro"))),
            "f1.weighted": odds(averages["f1.weighted"], delta(average_of(metrics.f1_score, "weighted"))),
            "mcc": [np.tanh(np.arctanh(mcc) - width), np.tanh(np.arctanh(mcc) + width)] if width > 0 else None,
        },
        "classIntervals": {
            "precision": [wilson(d[k], b[k]) if b[k] > 0 else None for k in range(len(names))],
            "recall": [wilson(d[k], a[k]) if a[k] > 0 else None for k in range(len(names))],
            "f1": [[2 * low / (1 + low), 2 * high / (1 + high)] for low, high in jaccard],
        },
    }


def influences(y, scores):
    """Of each row on the area under the ROC curve, DeLong's."""
    ours, others = scores[y == 1], scores[y == 0]
    wins = (ours[:, None] > others[None, :]) + 0.5 * (ours[:, None] == others[None, :])
    found = np.zeros(len(y))
    n, m, area = len(ours), len(others), wins.mean()
    found[y == 1] = (wins.mean(axis=1) - area) / np.sqrt(n * (n - 1))
    found[y == 0] = (wins.mean(axis=0) - area) / np.sqrt(m * (m - 1))
    return found


def mean_loss(losses, most):
    width = z * np.std(losses, ddof=1) / np.sqrt(len(losses))
    return [max(0, np.mean(losses) - width), min(most, np.mean(losses) + width)]


def curves(hits, scores):
    found = {}
    for strategy in ["uniform", "quantile"]:
        for bins in [10, 4]:
            observed, mean = calibration_curve(hits, scores, n_bins=bins, strategy=strategy)
            found[f"{strategy}, {bins}"] = {"observed": observed, "meanScore": mean}
    return found


def binary(name, y, scores, threshold=0.5):
    labels = y.tolist()
    said = (scores >= threshold).astype(int).tolist()
    table = of_confusion(labels, said)
    other, both = 1 - y, {0: (1 - y, -scores), 1: (y, scores)}
    area = {k: metrics.average_precision_score(*both[k]) for k in both}
    spread = {k: by_weights(lambda w: metrics.average_precision_score(*both[k], sample_weight=w), len(y)) for k in both}
    roc = metrics.roc_auc_score(y, scores)
    logs = -np.log(np.clip(np.where(y == 1, scores, 1 - scores), 2.0**-52, 1 - 2.0**-52))
    table["intervals"].update(
        rocAuc=odds(roc, np.sum(influences(y, scores) ** 2)),
        averagePrecision=odds(area[1], spread[1]),
        logLoss=mean_loss(logs, np.inf),
        brier=mean_loss((scores - y) ** 2, 1),
    )
    table["classIntervals"]["averagePrecision"] = [odds(area[k], spread[k]) for k in both]
    table["perClass"]["averagePrecision"] = [area[0], area[1]]
    table["perClass"]["rocAuc"] = [roc, metrics.roc_auc_score(other, -scores)]
    return {
        "name": name,
        "labels": labels,
        "scores": scores,
        "threshold": threshold,
        **table,
        "rocAuc": roc,
        "averagePrecision": area[1],
        "logLoss": metrics.log_loss(y, scores),
        "brier": metrics.brier_score_loss(y, scores),
        "curves": curves(y, scores),
    }


def multiclass(name, labels, scores):
    names = sorted(set(labels))
    said = [names[k] for k in np.argmax(scores, axis=1)]
    table = of_confusion(labels, said)
    y = np.array([[int(label == one) for one in names] for label in labels])
    each = range(len(names))
    area = [metrics.average_precision_score(y[:, k], scores[:, k]) for k in each]
    spread = by_weights(lambda w: metrics.average_precision_score(y, scores, average="macro", sample_weight=w), len(y))
    roc = metrics.roc_auc_score(labels, scores, multi_class="ovr")
    every = np.mean([influences(y[:, k], scores[:, k]) for k in each], axis=0)
    logs = -np.log(np.clip(np.sum(y * scores, axis=1), 2.0**-52, 1 - 2.0**-52))
    table["intervals"].update(
        rocAuc=odds(roc, np.sum(every**2)),
        averagePrecision=odds(np.mean(area), spread),
        logLoss=mean_loss(logs, np.inf),
        brier=mean_loss(np.sum((scores - y) ** 2, axis=1), np.inf),
    )
    table["perClass"]["averagePrecision"] = area
    table["perClass"]["rocAuc"] = [metrics.roc_auc_score(y[:, k], scores[:, k]) for k in each]
    right = np.array([int(a == b) for a, b in zip(labels, said)])
    return {
        "name": name,
        "labels": labels,
        "scores": {one: scores[:, k] for k, one in enumerate(names)},
        **table,
        "rocAuc": roc,
        "averagePrecision": np.mean(area),
        "logLoss": metrics.log_loss(labels, scores),
        "brier": metrics.brier_score_loss(labels, scores),
        "curves": curves(right, np.max(scores, axis=1)),
    }


def predictions(name, labels, said):
    return {"name": name, "labels": labels, "predictions": said, **of_confusion(labels, said)}


y = (random.random(120) < 0.4).astype(int)
scores = np.round(np.clip(0.3 * y + 0.7 * random.random(120), 0, 1), 5)
rare = (random.random(150) < 0.06).astype(int)
letters = random.choice(list("abcd"), 160, p=[0.5, 0.3, 0.15, 0.05]).tolist()
near = [one if random.random() < 0.7 else random.choice(list("abcd")) for one in letters]
softmax = np.exp(random.normal(size=(160, 4)) + 1.5 * np.array([[int(one == k) for k in "abcd"] for one in letters]))
softmax = np.round(softmax / softmax.sum(axis=1, keepdims=True), 6)
softmax[:, 3] = 1 - softmax[:, :3].sum(axis=1)
eighths = np.array([random.multinomial(8, row / row.sum()) for row in softmax]) / 8
cases = [
    binary("two classes", y, scores),
    binary("scores with ties", y, np.round(scores, 1)),
    binary("certain scores, some of them wrong", y, np.where(random.random(120) < 0.2, y, np.round(scores))),
    binary("a rare class", rare, np.round(np.clip(0.2 * rare + 0.4 * random.random(150), 0, 1), 4), 0.35),
    binary("tiny scores", y, np.round(random.random(120), 3) * 1e-17),
    multiclass("four classes", letters, softmax),
    multiclass("four classes, scores with ties", letters, eighths),
    predictions("four classes without scores", letters, near),
    predictions("a class that is never predicted", letters, ["a" if one == "d" else one for one in near]),
    predictions("a class that is no label", letters, ["e" if random.random() < 0.05 else one for one in near]),
    predictions("numbers, in the order of numbers", random.integers(8, 12, 90).tolist(), random.integers(8, 12, 90).tolist()),
    predictions("all correct", letters, letters),
    predictions("all wrong", ["x", "y", "x", "y"], ["y", "x", "y", "x"]),
    predictions("always one class", letters, ["a"] * 160),
    predictions("one class", ["a"] * 5, ["a"] * 5),
]
write(f"scikit-learn {sklearn.__version__}, SciPy's Wilson intervals, numerical derivatives", 1e-12, cases)
