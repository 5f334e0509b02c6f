from numpy import histogram
from serve import serve

serve(
    lambda x: histogram(x, bins=50, range=(-4, 4)),
    lambda found: {"counts": found[0].tolist()},
)
