from numpy import quantile
from serve import serve

probabilities = [k / 10 for k in range(1, 10)]
serve(lambda x: quantile(x, probabilities), lambda found: {"values": found.tolist()})
