# Writes ks-ties.json. Rscript ks-ties.R > ks-ties.json
#
# The conditional law of the two-sample Kolmogorov-Smirnov statistic under ties by Schroeer and Trenkler's algorithm in R:
# `laws` by psmirnov(lower.tail = FALSE) at given gaps n m D, `tests` by ks.test(exact = TRUE) on samples. A row of laws
# is [n, m, gap, two-sided or greater, ends of the blocks of equal pooled values, P(D >= gap/(nm))].
#
# R counts paths in doubles, divides by exp(lgamma) and takes 1 - x: its p-values are right to some 1e-12, absolutely, and
# simulated where the counts overflow, so that sizes end at 1 000 in all. For alternative = "less" R 4.2 takes the law of
# D+ for that of D-, which differ under ties: "less" is therefore asked for as "greater" between swapped samples.
RNGversion("4.0.0")
set.seed(20260101)

number <- function(x) sprintf("%.17g", x)
list_of <- function(x) paste0("[", paste(number(x), collapse = ","), "]")
ends_of <- function(z) cumsum(as.vector(table(z)))

pooled <- list(
  "ten integers" = function(size) floor(10 * runif(size)),
  "80 % zeros" = function(size) pmax(0, runif(size) - 0.8),
  "zeros in the middle" = function(size) { u <- runif(size) - 0.5; sign(u) * pmax(0, abs(u) - 0.4) },
  "two values" = function(size) as.numeric(runif(size) < 0.3),
  "rounded normal" = function(size) round(rnorm(size), 1),
  "few pairs" = function(size) { z <- seq_len(size); z[seq(2, size, by = 17)] <- z[seq(1, size - 1, by = 17)][seq_along(seq(2, size, by = 17))]; z }
)
sizes <- list(c(7, 5), c(12, 30), c(50, 50), c(101, 100), c(200, 40), c(300, 299), c(3, 500), c(400, 600))

laws <- character()
for (name in names(pooled)) for (size in sizes) {
  n <- size[1]
  m <- size[2]
  z <- pooled[[name]](n + m)
  ends <- ends_of(z)
  if (length(ends) < 2) next
  for (share in c(0.4, 0.8, 1.4, 2.2)) {
    gap <- max(1, round(share * sqrt(n + m) * sqrt(n * m)))
    if (gap > n * m) next
    for (two_sided in c(TRUE, FALSE)) {
      p <- psmirnov(gap / n / m, sizes = size, z = z, two.sided = two_sided, exact = TRUE, lower.tail = FALSE)
      laws <- c(laws, sprintf("[%d,%d,%d,\"%s\",%s,%s]", n, m, gap, if (two_sided) "two-sided" else "greater", list_of(ends), number(p)))
    }
  }
}

tests <- character()
for (name in names(pooled)) for (size in sizes[1:5]) {
  z <- pooled[[name]](sum(size))
  x <- z[seq_len(size[1])]
  y <- z[-seq_len(size[1])] + if (name == "ten integers") 1 else 0
  p <- c(
    ks.test(x, y, exact = TRUE)$p.value,
    ks.test(y, x, alternative = "greater", exact = TRUE)$p.value,
    ks.test(x, y, alternative = "greater", exact = TRUE)$p.value
  )
  tests <- c(tests, sprintf("{\"name\":\"%s, %d and %d\",\"x\":%s,\"y\":%s,\"two-sided\":%s,\"less\":%s,\"greater\":%s}",
    name, size[1], size[2], list_of(x), list_of(y), number(p[1]), number(p[2]), number(p[3])))
}
cat(sprintf("{\"source\":\"%s, psmirnov and ks.test (stats)\",\"seed\":20260101,\"tolerance\":2e-12,\n\"laws\":[\n%s\n],\n\"tests\":[\n%s\n]}\n",
  R.version.string, paste(laws, collapse = ",\n"), paste(tests, collapse = ",\n")))
