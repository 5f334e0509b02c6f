"""Writes linear-classifier.json: TfidfVectorizer and SGDClassifier of scikit-learn 1.9.1.

python3 linear-classifier.py > linear-classifier.json
"""

import warnings

import numpy as np
import sklearn
from oracle import seed, write
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier

warnings.filterwarnings("ignore")
random = np.random.default_rng(seed)


def seed_of(state):
    """What SGDClassifier draws for the order of rows, after a seed that it does not use."""
    source = np.random.RandomState(state)
    source.randint(1, np.iinfo(np.int32).max)
    return int(source.randint(np.iinfo(np.int32).max))


texts = [
    "It's a late, LATE delivery of box 42",
    "Straße naïve ÉCOLE under_score 3.14",
    "日本語 テキスト and 日本語",
    "the and of",
    "",
    "box box box open",
    "refund please: box damaged, delivery late",
    "delivery 𝔘𝔫𝔦 zebra éclair x yy",
    "thanks, great and fast delivery",
    "ﬂuffy ligature ½ ² ⅷ",
]
others = ["delivery of an unknown zebra", "LATE late box", "nothing known here", "the"]


def vectors(share):
    vectorizer = TfidfVectorizer(sublinear_tf=True, max_df=share, stop_words="english")
    rows = vectorizer.fit_transform(texts)
    return {
        "kind": "texts",
        "share": share,
        "texts": texts,
        "others": others,
        "terms": list(vectorizer.get_feature_names_out()),
        "rows": rows.toarray(),
        "other rows": vectorizer.transform(others).toarray(),
    }


def classified(name, loss, penalty, rows, classes, state, epochs, sparse):
    from scipy.sparse import csr_matrix

    model = SGDClassifier(loss=loss, penalty=penalty, alpha=0.0001, max_iter=epochs, random_state=state)
    model.fit(csr_matrix(rows) if sparse else rows, classes)
    return {
        "kind": "classifier",
        "name": name,
        "loss": {"log_loss": "logistic", "modified_huber": "modified-huber"}[loss],
        "penalty": penalty,
        "sparse": sparse,
        "most epochs": epochs,
        "seed": seed_of(state),
        "width": rows.shape[1],
        "rows": rows.ravel(),
        "classes": classes,
        "weights": model.coef_[0],
        "intercept": model.intercept_[0],
    }


def data(n, d, shift, zeros=0.0):
    classes = (random.random(n) < 0.5).astype(int)
    rows = np.round(random.normal(0, 1, (n, d)) + shift * classes[:, None], 4)
    rows[random.random((n, d)) < zeros] = 0
    return rows, classes


cases = [vectors(0.5), vectors(0.25), vectors(1.0)]
for name, loss, penalty, shape, state, epochs, sparse in [
    ("apart", "log_loss", "l2", (60, 3, 2), 42, 1000, False),
    ("alike", "log_loss", "l2", (60, 3, 0), 42, 1000, False),
    ("one column", "log_loss", "l2", (31, 1, 0.5), 7, 1000, False),
    ("few epochs", "log_loss", "l2", (40, 4, 0.5), 3, 2, False),
    ("mostly zeros", "modified_huber", "l1", (80, 6, 1, 0.6), 42, 50, True),
    ("mostly zeros, alike", "modified_huber", "l1", (80, 6, 0, 0.6), 42, 50, True),
    ("every entry", "modified_huber", "l1", (50, 4, 1), 5, 50, False),
    ("zeros, logistic", "log_loss", "l2", (50, 4, 1, 0.5), 5, 1000, True),
]:
    cases.append(classified(name, loss, penalty, *data(*shape), state, epochs, sparse))
write(f"scikit-learn {sklearn.__version__}", 1e-8, cases)
