from numpy import histogram
from serve import serve

serve(
    lambda x, weights: histogram(x, bins=50, range=(-4, 4), weights=weights),
    lambda found: {"counts": found[0].tolist()},
)
