# Writes run-lengths.json, from Sven Knoth's package spc (Debian: r-cran-spc). Rscript run-lengths.R > run-lengths.json
library(spc)

number <- function(x) format(x, digits = 15, scientific = TRUE)
row <- function(...) paste0("{", paste0('"', names(list(...)), '":', unlist(list(...)), collapse = ","), "}")
text <- function(x) paste0('"', x, '"')
rows <- character()

sided <- c(one = "up", two = "both")
for (side in names(sided)) for (k in c(0.1, 0.25, 0.5, 1, 1.5)) for (h in c(1, 2.5, 4, 5, 9)) for (shift in c(0, 0.25, 0.5, 1, 2, 3)) {
  length <- xcusum.arl(k, h, shift, sided = side, r = 100)
  if (length < 1e8) rows <- c(rows, row(chart = text("cusum"), k = k, h = h, shift = shift, direction = text(sided[side]), length = number(length)))
}
for (limits in c("fix", "vacl")) for (lambda in c(0.03, 0.05, 0.1, 0.2, 0.5, 0.75)) for (limit in c(1.5, 2.5, 3, 3.5)) for (shift in c(0, 0.5, 1, 2)) {
  length <- xewma.arl(lambda, limit, shift, sided = "two", limits = limits, r = 80)
  kind <- if (limits == "fix") "steady" else "exact"
  rows <- c(rows, row(chart = text("ewma"), lambda = lambda, limit = limit, shift = shift, limits = text(kind), length = number(length)))
}
for (every in c(100, 370, 1000, 10000)) {
  for (k in c(0.25, 0.5, 1)) rows <- c(rows, row(chart = text("cusum threshold"), k = k, every = every, threshold = number(xcusum.crit(k, every, sided = "two", r = 100))))
  for (lambda in c(0.05, 0.1, 0.2)) rows <- c(rows, row(chart = text("ewma limit"), lambda = lambda, every = every, threshold = number(xewma.crit(lambda, every, sided = "two", limits = "vacl", r = 80))))
}
about <- "average run lengths of spc::xcusum.arl and spc::xewma.arl"
versions <- paste0('{"R":"', getRversion(), '","spc":"', packageVersion("spc"), '"}')
cat('{"about":"', about, '","versions":', versions, ',"script":"run-lengths.R","rows":[\n', paste(rows, collapse = ",\n"), "\n]}\n", sep = "")
