/** Arrow files that stay where they are: only their metadata and dictionaries are read. */
import { emptyColumn, scanArrow } from "./arrow.js";
import { Arena, contentsOf } from "./arrow-body.js";
import { withFile } from "./file-view.js";
import type { Opened, OpenedColumn } from "./opened.js";
import { checkSizes } from "./pieces.js";

/**
 * @param columns only these; all when undefined
 * @throws FormatError when the metadata is not what the format promises; RangeError for a column that is not there
 */
export function openArrow(path: string, columns?: readonly string[]): Opened {
  return withFile(path, (bytes, place) => {
    const {
      rows,
      columns: scanned,
      unsupported,
    } = scanArrow("openTable", bytes, contentsOf(bytes, new Arena()), columns);
    const opened = new Map<string, OpenedColumn>();
    for (const [name, { field, parts }] of scanned) {
      parts.forEach(checkSizes);
      opened.set(name, { about: emptyColumn(field), stretch: { place, parts } });
    }
    return { where: path, rows, columns: opened, unsupported };
  });
}
