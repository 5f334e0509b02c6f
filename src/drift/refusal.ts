/**
 * What a public function says of data that it does not take, without its name; `null` for other errors, which are those of
 * the program.
 */
export function refusal(caller: string, error: unknown): string | null {
  if (!(error instanceof TypeError || error instanceof RangeError)) return null;
  const name = `${caller}: `;
  return error.message.startsWith(name) ? error.message.slice(name.length) : null;
}
