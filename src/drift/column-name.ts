/** A column's name as sentences and tables show it: one of blanks alone would leave a gap. */
export function columnName(name: string): string {
  return name.trim() === "" ? JSON.stringify(name) : name;
}
