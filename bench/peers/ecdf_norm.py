import numpy as np
from serve import serve


def norm(x, y):
    values = np.sort(np.concatenate([x, y]))
    share = lambda side: np.searchsorted(np.sort(side), values[:-1], "right") / len(side)
    return np.sum(np.abs(share(x) - share(y)) ** 3 * np.diff(values)) ** (1 / 3)


serve(norm, lambda found: {"distance": float(found)})
