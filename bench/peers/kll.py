"""A sketch of a permutation of 0 … n - 1: its largest error of ranks, at 10 000 points, and its bytes."""

import numpy as np
from datasketches import kll_doubles_sketch
from serve import serve


def sketch(x):
    found = kll_doubles_sketch(200)
    found.update(x)
    return found


def answer(found):
    points = np.unique(np.linspace(0, found.n - 1, 10_000).round())
    shares = np.array(found.get_cdf(points, True))[:-1]
    worst = np.abs(shares - (points + 1) / found.n).max()
    return {"worst": float(worst), "bytes": len(found.serialize()), "stated": found.normalized_rank_error(False)}


serve(sketch, answer)
