/** The commands `smirnov profile` and `smirnov merge`. */
import { profile } from "../drift/profile-table.js";
import { describeProfile } from "../profile/describe-profile.js";
import { toJson } from "../profile/json.js";
import type { Profile } from "../profile/profile.js";
import { toBytes } from "../profile/to-bytes.js";
import { filesLike, isPattern } from "../read/glob.js";
import { renderProfile } from "../render/profile.js";
import type { TextOptions } from "../render/text.js";
import type { MergeCommand, ProfileCommand } from "./arguments.js";
import type { Progress } from "./progress.js";
import { isProfileFile, mergedFiles, openFiles } from "./read-side.js";
import { standardInput } from "./standard-input.js";
import type { Output } from "./terminal.js";
import { UsageError } from "./usage-error.js";
import { checkTargets, type Target, writeWhole } from "./write-file.js";

/** @throws UsageError for an output that cannot be written, before anything is read */
export async function profileOf(command: ProfileCommand | MergeCommand, progress: Progress): Promise<Profile> {
  checkTargets(targetOf(command), command.command === "merge" ? command.profiles : command.files);
  return command.command === "merge" ? mergeFiles(command, progress) : profileFiles(command, progress);
}

function targetOf({ output }: Pick<ProfileCommand, "output">): Target[] {
  return output === undefined ? [] : [{ option: "output", path: output }];
}

/** Reads files of one table once. */
async function profileFiles({ files, columns, threads, memory }: ProfileCommand, progress: Progress): Promise<Profile> {
  const already = files.find(isProfileFile);
  if (already !== undefined) throw new UsageError(`${already} is a profile already; merge makes one of several`);
  progress.show(`reading ${files.join(", ")}`);
  const paths = files.includes("-") ? [await standardInput()] : files;
  const table = await openFiles(paths, { columns, memory, rows: false });
  return profile(table, {
    ...(columns && { columns }),
    ...(threads !== undefined && { threads }),
    onProgress: ({ done, total, column }) =>
      progress.show(`profiling: ${done} of ${total} columns, ${column}`, done / total),
  });
}

/** One after the other, so that two are in memory at a time. */
async function mergeFiles({ profiles }: MergeCommand, progress: Progress): Promise<Profile> {
  const standard = profiles.includes("-") ? await standardInput() : "-";
  const paths = profiles.flatMap((path) => {
    const found = isPattern(path) ? filesLike(path) : [path === "-" ? standard : path];
    if (found.length === 0) throw new UsageError(`no file matches ${path}`);
    return found;
  });
  return mergedFiles(paths, (done, path) =>
    progress.show(`merging: ${done} of ${paths.length} profiles, ${path}`, done / paths.length),
  );
}

/** To the file that was named, or as text to the reader. */
export function writeProfile(
  found: Profile,
  { output: target, json }: ProfileCommand | MergeCommand,
  output: Output,
  options: TextOptions,
): void {
  const content = json ? `${JSON.stringify(toJson(found))}\n` : toBytes(found);
  if (target === "-") output.write(content);
  else if (target !== undefined) writeWhole({ option: "output", path: target }, content);
  else output.write(json ? content : renderProfile(describeProfile(found), options));
}
