from scipy.stats import energy_distance
from serve import serve

serve(energy_distance, lambda found: {"distance": float(found)})
