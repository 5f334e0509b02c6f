from scipy.stats import wasserstein_distance
from serve import serve

serve(wasserstein_distance, lambda found: {"distance": float(found)})
