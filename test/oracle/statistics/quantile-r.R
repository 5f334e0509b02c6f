# Writes quantile-r.json. Rscript quantile-r.R > quantile-r.json
#
# R's quantile by all nine types, and Hyndman and Fan's definitions written out. They differ in one thing: for types 4, 5,
# 6, 8 and 9 R takes a position that is less than 4 * 2^-52 off a whole number for that number ("fuzz"), so that a
# probability like 0.1 * 3, which is 2^-54 more than 0.3, still finds the third of ten values. Smirnov, like NumPy,
# takes the probability for what it is. Between neighbours of ordinary size nobody sees the difference (it is 4e-16 of
# their distance); the cases marked `fuzz` have neighbours so far apart that one does.
source("oracle.R")

defined <- function(x, p, type) {
  x <- sort(x)
  n <- length(x)
  at <- function(k) x[min(max(k, 1), n)]
  if (type <= 3) {
    position <- if (type == 3) n * p - 0.5 else n * p
    j <- floor(position)
    if (position > j) return(at(j + 1))
    if (type == 1) return(at(j))
    if (type == 2) return(if (at(j) == at(j + 1)) at(j) else at(j) / 2 + at(j + 1) / 2)
    return(if (j %% 2 == 0) at(j) else at(j + 1))
  }
  a <- c(0, 0.5, 0, 1, 1 / 3, 3 / 8)[type - 3]
  b <- c(1, 0.5, 0, 1, 1 / 3, 3 / 8)[type - 3]
  position <- if (type == 7) (n - 1) * p + 1 else n * p + (a + p * (1 - a - b))
  j <- floor(position)
  h <- position - j
  if (h == 0 || at(j) == at(j + 1)) at(j) else (1 - h) * at(j) + h * at(j + 1)
}

probabilities <- c(0, 1e-9, 0.001, 0.01, 0.05, 0.1, 0.125, 0.25, 0.3, 1 / 3, 0.4, 0.5, 0.6, 2 / 3, 0.7, 0.75, 0.9, 0.95,
                   0.99, 0.999, 1)

set.seed(20260117)
samples <- list(
  "one value" = 0.1,
  "two" = c(2, 1),
  "three" = c(3, 1, 2),
  "four" = c(4, 3, 2, 1),
  "five" = c(0.5, -1, 3, 2, 10),
  "six" = c(6, 1, 5, 2, 4, 3),
  "seven" = c(2, 2, 2, 7, 7, 9, 1),
  "ten" = 1:10,
  "eleven" = 11:1,
  "one hundred" = 1:100,
  "constant" = rep(0.04, 12),
  "two values" = c(rep(-1, 7), rep(7, 4)),
  "digits" = sample(0:9, 50, TRUE),
  "one decimal" = round(rnorm(81), 1),
  "normal" = round(rnorm(200), 6),
  "lognormal" = signif(exp(3 * rnorm(99)), 8),
  "cauchy" = signif(rcauchy(121), 8),
  "far from zero" = 1e15 + sample(0:40, 60, TRUE),
  "huge" = signif(rnorm(40), 8) * 1e307,
  "the largest of both signs" = c(1, -1) * .Machine$double.xmax,
  "tiny" = signif(rnorm(40), 8) * 1e-300,
  "subnormal" = signif(rnorm(40), 8) * 1e-310,
  "infinities" = c(-Inf, -Inf, 1, 2, 3, Inf),
  "only infinities" = c(-Inf, Inf)
)

case_of <- function(name, values, at, fuzz = FALSE) {
  list(
    name = name, fuzz = fuzz, values = sample_of(values), probabilities = sample_of(at),
    r = lapply(1:9, function(type) sample_of(unname(quantile(values, at, type = type)))),
    definition = lapply(1:9, function(type) sample_of(vapply(at, function(p) defined(values, p, type), 0)))
  )
}
cases <- Map(case_of, names(samples), samples, MoreArgs = list(at = probabilities))
# Of type 4 the position is 3 + 4e-16: R's third value, by the definition 4e-16 of the way to the fourth.
far <- c(1, 2, 3, 1e20, 2e20, 3e20, 4e20, 5e20, 6e20, 7e20)
cases <- c(cases, list(case_of("0.1 * 3 of ten", far, 0.1 * 3, fuzz = TRUE)))
# The same for the other types: probabilities a unit in the last place or two above that of the third value.
for (type in c(5, 6, 8, 9)) {
  a <- c(0, 0.5, 0, 1, 1 / 3, 3 / 8)[type - 3]
  b <- c(1, 0.5, 0, 1, 1 / 3, 3 / 8)[type - 3]
  near <- (3 - a) / (11 - a - b) + (1:8) * 2^-54
  apart <- vapply(near, function(p) defined(far, p, type) > 3 && quantile(far, p, type = type) == 3, TRUE)
  stopifnot(any(apart))
  name <- sprintf("just above the third of ten by type %d", type)
  cases <- c(cases, list(case_of(name, far, near[apart][1], fuzz = TRUE)))
}
write_oracle("R quantile, and the definitions without its fuzz",
  "4e-16 of the larger neighbour, and 1e-15 n of the distance between the two", "quantile-r.R", unname(cases))
