from scipy.stats import ecdf
from serve import serve

serve(lambda x: ecdf(x).cdf, lambda found: {"shares": found.evaluate([-1, 0, 0.5, 3]).tolist()})
