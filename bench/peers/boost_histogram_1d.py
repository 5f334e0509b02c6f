from boost_histogram import Histogram, axis
from serve import serve

serve(
    lambda x, question: Histogram(axis.Regular(int(question[0]), question[1], question[2])).fill(x),
    lambda found: {"counts": found.values().tolist()},
)
