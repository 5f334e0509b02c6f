"""Streams that need not be listed: sums and comparisons of the words of a seeded sfc32, which any language computes alike.

A part of a stream has a `kind`: "normal" (the sum of twelve uniform numbers less six, times `scale`, plus a mean), "uniform"
(times `scale`, plus a mean) or "errors" (1 where a uniform number is less than the mean). The mean goes from `from` to `to`
along the part.
"""


class Sfc32:
    """As in src/detectors/draws.ts."""

    def __init__(self, seed):
        self.words = [seed >> 32, 0x9E3779B9, seed & 0xFFFFFFFF, 1]
        for _ in range(20):
            self.bits()

    def bits(self):
        a, b, c, counter = self.words
        bits = (a + b + counter) & 0xFFFFFFFF
        rotated = ((c << 21) | (c >> 11)) & 0xFFFFFFFF
        self.words = [b ^ (b >> 9), (c + (c << 3)) & 0xFFFFFFFF, (rotated + bits) & 0xFFFFFFFF, (counter + 1) & 0xFFFFFFFF]
        return bits

    def uniform(self):
        """53 random bits."""
        high = self.bits() >> 5
        return (high * 2**26 + (self.bits() >> 6)) * 2.0**-53

    def sample(self, population, count):
        """`count` of a range that begins at 0, by Floyd's algorithm F2."""
        chosen = set()
        for last in range(len(population) - count, len(population)):
            place = int(self.uniform() * (last + 1))
            chosen.add(last if place in chosen else place)
        return sorted(chosen)


def values_of(stream):
    words = Sfc32(stream["seed"])
    values = []
    for part in stream["parts"]:
        for k in range(part["length"]):
            mean = part["from"] + (part["to"] - part["from"]) * (k / part["length"])
            if part["kind"] == "normal":
                sum_of_twelve = sum(words.bits() for _ in range(12))
                values.append(mean + part["scale"] * (sum_of_twelve / 2**32 - 6))
            elif part["kind"] == "uniform":
                values.append(mean + part["scale"] * (words.bits() / 2**32))
            else:
                values.append(1 if words.bits() / 2**32 < mean else 0)
    return values


def part(kind, length, mean, to=None, scale=1):
    return {"kind": kind, "length": length, "from": mean, "to": mean if to is None else to, "scale": scale}
