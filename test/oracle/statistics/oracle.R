# Writes an oracle as oracle.py does, with what base R has. Scripts are run in this folder: Rscript name.R > name.json

# Numbers, text, NULL, NA (null), named lists (objects) and other lists and vectors (arrays).
written <- function(value) {
  if (is.null(value)) return("null")
  if (is.list(value) && !is.null(names(value))) {
    entries <- sprintf("%s:%s", vapply(names(value), written, ""), vapply(value, written, ""))
    return(sprintf("{%s}", paste(entries, collapse = ",")))
  }
  if (is.list(value) || length(value) != 1) {
    return(sprintf("[%s]", paste(vapply(as.list(value), written, ""), collapse = ",")))
  }
  if (is.character(value)) return(encodeString(value, quote = '"'))
  if (is.logical(value) && !is.na(value)) return(if (value) "true" else "false")
  if (is.nan(value)) return('"NaN"')
  if (is.na(value)) return("null")
  if (is.infinite(value)) return(if (value > 0) '"Infinity"' else '"-Infinity"')
  sprintf("%.17g", value)
}

# Vectors of one value are arrays too where a sample is meant.
sample_of <- function(values) as.list(values)

write_oracle <- function(about, tolerance, script, cases, ...) {
  head <- list(about = about, versions = list(R = as.character(getRversion())), script = script,
               tolerance = tolerance, ...)
  lines <- vapply(cases, written, "")
  cat(sub("}$", "", written(head)), ',"cases":[\n', paste(lines, collapse = ",\n"), "\n]}\n", sep = "")
}
