# Writes pairs-one-sample-r.json. Rscript pairs-one-sample-r.R > pairs-one-sample-r.json
#
# ks.test of the reference sides of pairs.tsv against named laws: exact, two-sided, less and greater, up to 1 000 values
# without ties (with ties R has no exact law).

source("pairs.R")
options(warn = -1)

lines <- character()
for (k in seq_len(nrow(pairs))) {
  part <- strsplit(pairs$reference[k], " ")[[1]]
  x <- values(pairs$reference[k])
  if (part[1] %in% c("two", "constant") || length(x) > 1000 || length(unique(x)) < length(x)) next
  scale <- 2^as.numeric(part[6])
  found <- lapply(c("two.sided", "less", "greater"), function(side) {
    test <- switch(part[1],
      bell = ks.test(x, "pnorm", as.numeric(part[5]) * scale, scale, alternative = side, exact = TRUE),
      pareto = ks.test(x, "pexp", alternative = side, exact = TRUE),
      digits = ks.test(x, "punif", 0, 10, alternative = side, exact = TRUE),
      zeros = ks.test(x, "punif", 0, 1, alternative = side, exact = TRUE))
    test$p.value
  })
  names(found) <- c("two-sided", "less", "greater")
  lines <- c(lines, written(c(list(name = pairs$name[k]), found)))
}
cat(sprintf("{\"about\":\"ks.test(exact = TRUE)\",\"versions\":{\"R\":\"%s.%s\"},\"script\":\"pairs-one-sample-r.R\",\"cases\":[\n",
  R.version$major, R.version$minor))
cat(lines, sep = ",\n")
cat("]}\n")
