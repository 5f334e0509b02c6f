from fast_histogram import histogram1d
from serve import serve

serve(
    lambda x, question: histogram1d(x, bins=int(question[0]), range=(question[1], question[2])),
    lambda found: {"counts": found.tolist()},
)
