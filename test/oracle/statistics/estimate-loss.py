"""Writes estimate-loss.json. python3 estimate-loss.py > estimate-loss.json

NannyML's direct loss estimation as its code does it, with scikit-learn's histogram gradient boosting for LightGBM: a
regression of each row's loss on the features and the prediction, and the mean of what it says of the current rows. Beside it
the exact expectations: the current rows' losses are known in law.
"""

import numpy as np
import sklearn
from oracle import seed, write
from sklearn.ensemble import HistGradientBoostingRegressor

random = np.random.default_rng(seed)


def side(rows, low):
    x = np.round(random.uniform(low, 1, rows), 3)
    z = np.round(random.normal(size=rows), 3)
    prediction = np.round(3 + 2 * x + z, 3)
    deviation = 0.2 + 2 * x**2
    return x, z, prediction, np.round(prediction + deviation * random.normal(size=rows), 3), deviation


x, z, p, y, _ = side(1500, 0)
cx, cz, cp, cy, deviation = side(700, 0.6)
model = HistGradientBoostingRegressor(
    max_iter=100, max_leaf_nodes=8, learning_rate=0.1, l2_regularization=1, min_samples_leaf=20, max_bins=63
)


def estimate(losses):
    return np.mean(model.fit(np.c_[x, z, p], losses).predict(np.c_[cx, cz, cp]))


absolute, squared = estimate(abs(y - p)), estimate((y - p) ** 2)
cases = [
    {
        "name": "larger errors where more current rows are",
        "reference": {"x": x, "z": z, "prediction": p, "target": y},
        "current": {"x": cx, "z": cz, "prediction": cp},
        "estimates": {"mae": absolute, "mse": squared, "rmse": np.sqrt(squared)},
        "exact": {
            "mae": np.mean(deviation) * np.sqrt(2 / np.pi),
            "mse": np.mean(deviation**2),
            "rmse": np.sqrt(np.mean(deviation**2)),
        },
        "realised": {
            "mae": np.mean(abs(cy - cp)),
            "mse": np.mean((cy - cp) ** 2),
            "rmse": np.sqrt(np.mean((cy - cp) ** 2)),
        },
        "onReference": {"mae": np.mean(abs(y - p)), "mse": np.mean((y - p) ** 2), "rmse": np.sqrt(np.mean((y - p) ** 2))},
    }
]
write(f"NannyML 0.13's method with scikit-learn {sklearn.__version__}", 0.05, cases)
