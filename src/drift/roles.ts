/** The roles that columns have: what a model is told, what it says, and what turned out to be true. */
import type { Column, Table } from "../column/column.js";
import type { RowFilter } from "../column/row-filter.js";
import { type TableInput, tableInMemory } from "../column/table-of.js";
import { shown } from "../statistics/option-checks.js";
import { tableWhere } from "./where.js";

export interface RoleOptions {
  /** The column that holds what is to be predicted; it may still be missing, or empty, on the current side. */
  readonly target?: string;
  /** The column that holds what the model predicts. */
  readonly prediction?: string;
  /**
   * What target and prediction may depend on; if not given, all other columns that are compared, but those that
   * `modelQuality` names: scores say what the model says, and queries are no properties.
   */
  readonly features?: readonly string[];
  /** Whether the features, looked at together, tell reference from current rows (`domainClassifier`). Not if not given. */
  readonly joint?: boolean;
  /** Rows from when the model went into service: tells whether a difference was there from the start (domain shift). */
  readonly startOfServing?: TableInput;
}

export const roleNames = ["target", "prediction", "features", "joint", "startOfServing"] as const;

/** Roles as they were checked. */
export interface Roles {
  readonly target: string | null;
  readonly prediction: string | null;
  readonly features: readonly string[];
  readonly joint: boolean;
  readonly start: Table | null;
}

/**
 * @param names of the columns that are compared
 * @param ofModel  columns that are no features unless they are named as such
 * @returns `null` where no role was given
 * @throws TypeError for options and columns of another type, RangeError for columns that are not compared, or have two roles
 */
export function rolesOf(
  options: RoleOptions & { readonly where?: RowFilter },
  names: readonly string[],
  tables: readonly Table[],
  ofModel: readonly string[],
): Roles | null {
  const { target, prediction, features, joint = false, startOfServing } = options;
  for (const [role, name] of Object.entries({ target, prediction })) {
    if (name !== undefined) checkRole(role, name, names, tables);
  }
  if (target !== undefined && target === prediction) {
    throw new RangeError(`compare: target and prediction must be two columns, got ${shown(target)} for both`);
  }
  if (typeof joint !== "boolean") throw new TypeError(`compare: joint must be true or false, got ${shown(joint)}`);
  const hasRole = target !== undefined || prediction !== undefined;
  if (features !== undefined) checkFeatures(features, names, [target, prediction]);
  if (features !== undefined && !hasRole && !joint) {
    throw new RangeError("compare: features are those of a target, of a prediction or of joint, and none was given");
  }
  if (startOfServing !== undefined && !hasRole) {
    throw new RangeError("compare: startOfServing needs a target or a prediction");
  }
  if (!hasRole && !joint) return null;
  const others = names.filter((name) => name !== target && name !== prediction && !ofModel.includes(name));
  return {
    target: target ?? null,
    prediction: prediction ?? null,
    features: [...new Set(features ?? others)],
    joint,
    start: startOfServing === undefined ? null : startRows(startOfServing, options.where),
  };
}

/** Of the same rows as both sides. */
function startRows(input: TableInput, where: RowFilter | undefined): Table {
  return tableWhere("compare", tableInMemory("compare", input), where, "startOfServing");
}

function checkRole(role: string, name: unknown, names: readonly string[], tables: readonly Table[]): void {
  if (typeof name !== "string") throw new TypeError(`compare: ${role} must be a column's name, got ${shown(name)}`);
  needCompared(role, name, names);
  for (const { columns, unsupported } of tables) {
    const column = columns.get(name);
    const odd = column && !holdsValues(column) ? column.type : unsupported.get(name);
    if (odd === undefined) continue;
    throw new TypeError(`compare: ${role} ${shown(name)} must hold numbers, truth values or text, got ${odd}`);
  }
}

function holdsValues({ kind }: Column): boolean {
  return kind !== "temporal" && kind !== "vector";
}

function checkFeatures(features: unknown, names: readonly string[], others: readonly (string | undefined)[]): void {
  if (!Array.isArray(features) || features.some((name) => typeof name !== "string")) {
    throw new TypeError(`compare: features must be an array of names, got ${shown(features)}`);
  }
  for (const name of features as readonly string[]) {
    needCompared("features", name, names);
    if (others.includes(name)) throw new RangeError(`compare: ${shown(name)} is a feature and has another role too`);
  }
}

function needCompared(role: string, name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  throw new RangeError(`compare: ${role} names ${shown(name)}, which is not among the columns compared`);
}
