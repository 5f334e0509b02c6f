"""Writes pairs.tsv. python3 pairs.py > pairs.tsv

Pairs of samples over sizes 1 to 10 000, ties, scales and offsets, as rules that Python (here), R (pairs.R) and the tests
(pairs.ts) turn into the same doubles, so that no sample has to be written down. A side's rule is "shape seed length
spread shift power": value k is (base * spread + shift) * 2^power, with the base by shape from the generator
r -> 48271 r mod (2^31 - 1) that starts at the seed. Every step is exact or rounded once.
"""

from functools import cache

import numpy as np

base = {
    # A sum of four uniform numbers less its mean: nearly normal, standard deviation 2 / sqrt(3).
    "bell": lambda draw: (draw() + draw() + draw() + draw() - 2**32) / 2**30,
    "pareto": lambda draw: 2**31 / draw(),
    "digits": lambda draw: float(draw() % 10),
    "two": lambda draw: float(draw() % 10 < 3),
    "zeros": lambda draw: 0.0 if draw() % 10 < 8 else draw() / 2**31,
    "constant": lambda draw: 1.0,
}


@cache
def values(rule):
    """The doubles that a rule stands for."""
    shape, seed, length, spread, shift, power = rule.split(" ")
    state = int(seed)

    def draw():
        nonlocal state
        state = state * 48271 % 2147483647
        return state

    x = np.array([base[shape](draw) for _ in range(int(length))])
    return np.ldexp(x * float(spread) + float(shift), int(power))


def read():
    """Name -> (reference, current), both as rules."""
    with open("pairs.tsv", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file][1:]
    return {name: (reference, current) for name, reference, current in rows}


def rule(shape, seed, length, spread=1, shift=0, power=0):
    return f"{shape} {seed} {length} {spread} {shift} {power}"


def seeds_from(seed):
    while True:
        seed = seed * 16807 % 2147483647
        yield seed


def pairs():
    sizes = [(1, 1), (1, 2), (2, 2), (2, 3), (3, 3), (5, 3), (5, 5), (10, 10), (1, 100), (100, 1), (10, 7), (3, 1000)]
    sizes += [(30, 40), (100, 100), (100, 37), (1000, 10), (1000, 1000), (1000, 999), (10, 10000), (10000, 10)]
    sizes += [(10000, 1000), (10000, 10000)]
    kinds = [
        ("one law", ("bell", 1, 0), ("bell", 1, 0)),
        ("shifted", ("bell", 1, 0), ("bell", 1, 0.5)),
        ("wider", ("bell", 1, 0), ("bell", 2.5, 0)),
        ("skewed", ("pareto", 1, 0), ("pareto", 1.5, -0.5)),
        ("digits", ("digits", 1, 0), ("digits", 1, 1)),
        ("two values", ("two", 1, 0), ("two", 1, 0)),
        ("mostly zero", ("zeros", 1, 0), ("zeros", 2, 0)),
    ]
    seeds = seeds_from(20260117)
    for n, m in sizes:
        for kind, (shape, *reference), (other, *current) in kinds:
            sides = rule(shape, next(seeds), n, *reference), rule(other, next(seeds), m, *current)
            yield f"{kind}, {n} and {m}", *sides
    for n, m in [(2, 3), (10, 10), (100, 37), (1000, 1000)]:
        for power in (-600, 600):
            sides = rule("bell", next(seeds), n, 1, 0, power), rule("bell", next(seeds), m, 1, 0.5, power)
            yield f"times 2^{power}, {n} and {m}", *sides
        about = rule("bell", next(seeds), n, 1, 10**9), rule("bell", next(seeds), m, 1, 1000000000.5)
        yield f"about 1e9, {n} and {m}", *about
        yield f"all equal, {n} and {m}", rule("constant", 1, n), rule("constant", 1, m)
        yield f"two constants, {n} and {m}", rule("constant", 1, n), rule("constant", 1, m, 1, 1)
        yield f"one side constant, {n} and {m}", rule("bell", next(seeds), n), rule("constant", 1, m, 0, 0.125)
    for n, m in [(100, 37), (1000, 1000), (10000, 10)]:
        for shift in (2, 4, 100):
            yield f"moved by {shift}, {n} and {m}", rule("bell", next(seeds), n), rule("bell", next(seeds), m, 1, shift)


if __name__ == "__main__":
    print("name\treference\tcurrent")
    for row in pairs():
        print("\t".join(row))
