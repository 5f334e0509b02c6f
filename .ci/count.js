// Prints the count of a vitest JSON report as `N passed, N failed, N skipped`, and fails when a test did, when the run
// itself did, or when no test ran. Usage: node .ci/count.js <report> <exit status of the run>
import { existsSync, readFileSync } from "node:fs";

const [report, status] = process.argv.slice(2);
const counts = existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : {};
const {
  testResults = [],
  numPassedTests: passed = 0,
  numFailedTests = 0,
  numPendingTests = 0,
  numTodoTests = 0,
} = counts;

// A file that could not be loaded has failed without a test in it that did.
const broken = testResults.filter(
  (file) => file.status === "failed" && !file.assertionResults.some((test) => test.status === "failed"),
);
let failed = numFailedTests + broken.length;
if (failed === 0 && (status !== "0" || passed === 0)) {
  console.log(passed === 0 ? "No test ran." : `The run ended with status ${status} although every test passed.`);
  failed = 1;
}
console.log(`${passed} passed, ${failed} failed, ${numPendingTests + numTodoTests} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
