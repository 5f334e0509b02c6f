from numpy import sort
from serve import serve

serve(sort, lambda found: {"middle": float(found[len(found) // 2])})
