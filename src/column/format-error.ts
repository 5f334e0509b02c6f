/** Bytes that are not what their format promises. */
export class FormatError extends Error {
  override readonly name = "FormatError";
  /** What was being read: a file's name or a column's. */
  readonly where: string;
  readonly expected: string;
  readonly found: string;

  /** @param where file, column or buffer; @param expected, found in words */
  constructor(where: string, expected: string, found: string, options?: ErrorOptions) {
    super(`${where}: expected ${expected}, found ${found}`, options);
    this.where = where;
    this.expected = expected;
    this.found = found;
  }
}
