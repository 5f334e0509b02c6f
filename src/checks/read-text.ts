/** YAML or JSON, with the places of its values: suites, and whatever else people write. */
import { readJson } from "./json-text.js";
import type { Written } from "./placed-data.js";
import { readYaml } from "./yaml-text.js";

/**
 * Text that begins with `{` is JSON, as is that of a name that ends with `.json`; all else is YAML 1.2.
 *
 * @param name  of the file
 * @param what  the text is, in messages: `suite`
 */
export async function readText(caller: string, text: string, name: string, what: string): Promise<Written> {
  const plain = text.replace(/^\uFEFF/, "");
  if (/\.json$/i.test(name)) return readJson(plain);
  if (!/^\s*\{/.test(plain)) return readYaml(caller, plain, what);
  const found = readJson(plain);
  // YAML may begin like that too; where it is neither, what JSON says is as good.
  if (found.data) return found;
  const other = await readYaml(caller, plain, what).catch(() => found);
  return other.data ? other : found;
}
