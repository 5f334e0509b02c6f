# The pairs of samples of pairs.tsv, the same doubles as in pairs.py; and how results are written.

draws <- function(seed, count) {
  state <- seed
  out <- numeric(count)
  for (k in seq_len(count)) {
    state <- (state * 48271) %% 2147483647
    out[k] <- state
  }
  out
}

values <- function(rule) {
  part <- strsplit(rule, " ")[[1]]
  n <- as.integer(part[3])
  number <- as.numeric(part[-1])
  base <- switch(part[1],
    bell = (colSums(matrix(draws(number[1], 4 * n), 4)) - 2^32) / 2^30,
    pareto = 2^31 / draws(number[1], n),
    digits = draws(number[1], n) %% 10,
    two = as.numeric(draws(number[1], n) %% 10 < 3),
    zeros = mostly_zero(number[1], n),
    constant = rep(1, n))
  found <- (base * number[3] + number[4]) * 2^number[5]
  # A mean to test against.
  attr(found, "about") <- number[4] + 0.25 * 2^number[5]
  found
}

# A value that is not zero takes a second draw.
mostly_zero <- function(seed, n) {
  state <- draws(seed, 2 * n)
  out <- numeric(n)
  at <- 1
  for (k in seq_len(n)) {
    if (state[at] %% 10 >= 8) {
      out[k] <- state[at + 1] / 2^31
      at <- at + 1
    }
    at <- at + 1
  }
  out
}

pairs <- read.delim("pairs.tsv", colClasses = "character")

# Numbers with all their digits, TRUE and FALSE, text, NULL, and named or unnamed lists of them.
written <- function(value) {
  if (is.null(value)) return("null")
  if (is.list(value) || length(value) > 1) {
    parts <- vapply(value, written, "")
    if (is.null(names(value))) return(paste0("[", paste(parts, collapse = ","), "]"))
    return(paste0("{", paste0("\"", names(value), "\":", parts, collapse = ","), "}"))
  }
  if (is.character(value)) return(paste0("\"", gsub("\"", "'", value), "\""))
  if (is.logical(value) && !is.na(value)) return(tolower(as.character(value)))
  if (is.nan(value) || is.na(value)) return("\"NaN\"")
  if (is.infinite(value)) return(if (value > 0) "\"Infinity\"" else "\"-Infinity\"")
  sub("e\\+?", "e", sprintf("%.17g", value))
}

# Prints an oracle of one case for each pair of samples; `of` gives a list, or NULL where there is nothing to say.
write_oracle <- function(script, about, of) {
  cat(sprintf("{\"about\":\"%s\",\"versions\":{\"R\":\"%s\"},\"script\":\"%s\",\"cases\":[\n", about,
    paste(R.version$major, R.version$minor, sep = "."), script))
  lines <- character()
  for (k in seq_len(nrow(pairs))) {
    found <- of(values(pairs$reference[k]), values(pairs$current[k]))
    if (!is.null(found)) lines <- c(lines, written(c(list(name = pairs$name[k]), found)))
  }
  cat(lines, sep = ",\n")
  cat("]}\n")
}
