import numpy as np
from serve import serve


def distances(x, y):
    x, y = x.reshape(-1, 256), y.reshape(-1, 256)
    means = np.linalg.norm(x.mean(0) - y.mean(0))
    return means, np.linalg.norm(x - y, axis=1).mean()


serve(distances, lambda found: {"means": float(found[0]), "rows": float(found[1])})
