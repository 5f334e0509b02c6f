from numpy import histogram
from serve import serve

serve(
    lambda x, question: histogram(x, bins=int(question[0]), range=(question[1], question[2])),
    lambda found: {"counts": found[0].tolist()},
)
