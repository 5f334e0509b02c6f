"""Writes domain-classifier.json. python3 domain-classifier.py > domain-classifier.json

The area under the ROC curve of out-of-fold scores of scikit-learn's histogram gradient boosting with the same settings: the
mean of ten divisions into folds, and their standard deviation, since folds are drawn at random there too.
"""

import numpy as np
import sklearn
from oracle import seed, write
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

random = np.random.default_rng(seed)


def case(name, reference, current):
    reference, current = np.round(reference, 3), np.round(current, 3)
    x = np.vstack([reference, current])
    y = np.r_[np.zeros(len(reference)), np.ones(len(current))]
    model = HistGradientBoostingClassifier(
        max_iter=50, max_leaf_nodes=8, learning_rate=0.1, l2_regularization=10, min_samples_leaf=40, max_bins=63
    )
    areas = []
    for state in range(10):
        folds = StratifiedKFold(5, shuffle=True, random_state=state)
        areas.append(roc_auc_score(y, cross_val_predict(model, x, y, cv=folds, method="predict_proba")[:, 1]))
    return {
        "name": name,
        "reference": reference.T,
        "current": current.T,
        "auc": np.mean(areas),
        "standardDeviation": np.std(areas, ddof=1),
    }


def correlated(rows, rho):
    x = random.normal(size=(rows, 3))
    x[:, 1] = rho * x[:, 0] + np.sqrt(1 - rho * rho) * x[:, 1]
    return x


shifted = random.normal(size=(300, 3))
shifted[:, 2] += 0.7
cases = [
    case("another sign of a correlation", correlated(400, 0.6), correlated(400, -0.6)),
    case("a shifted column", random.normal(size=(500, 3)), shifted),
    case("one law", random.normal(size=(300, 3)), random.normal(size=(300, 3))),
]
write(f"scikit-learn {sklearn.__version__} HistGradientBoostingClassifier", 0.03, cases)
