"""The definition in numpy, as alibi-detect has it: permutations reorder the kernel matrix."""

import numpy as np
from serve import serve

random = np.random.default_rng(1)


def squared(x):
    norms = (x * x).sum(1)
    return np.maximum(norms[:, None] + norms[None, :] - 2 * x @ x.T, 0)


def statistic(kernel, m):
    xx, yy, xy = kernel[:-m, :-m], kernel[-m:, -m:], kernel[-m:, :-m]
    n = len(kernel) - m
    return xx.sum() / (n * (n - 1)) + yy.sum() / (m * (m - 1)) - 2 * xy.mean()


def mmd(x, y):
    x, y = x.reshape(-1, 64), y.reshape(-1, 64)
    pooled = np.concatenate([x, y])
    squares = squared(pooled - pooled.mean(0))
    np.fill_diagonal(squares, 0)
    n = len(pooled)
    median = np.partition(squares.ravel(), n + (squares.size - n) // 2 - 1)[n + (squares.size - n) // 2 - 1]
    kernel = np.exp(-squares / median)
    np.fill_diagonal(kernel, 0)
    found = statistic(kernel, len(y))
    above = 0
    for _ in range(99):
        order = random.permutation(n)
        above += statistic(kernel[order][:, order], len(y)) >= found
    return found


serve(mmd, lambda found: {"statistic": float(found)})
