// Counts what became of the jobs that a load or an import read, and tells the engine of the token behind them.

/** The API documents tokens up to this length. The engine takes longer ones only if it knows them. */
const usualToken = 1024;

/**
 * What came of the jobs that were read.
 * @param {import("../../glue/rekognition_jobs.js").Intake} intake
 */
export function storedBy(intake) {
  return { added: intake.added(), updated: intake.updated(), unchanged: intake.unchanged() };
}

/**
 * How many jobs were read.
 * @param {import("../../glue/rekognition_jobs.js").Intake} intake
 */
export function jobsOf(intake) {
  const { added, updated, unchanged } = storedBy(intake);
  return added + updated + unchanged;
}

/**
 * Lets the engine know a NextToken that was found in what was read: the service gave it.
 * @param {import("../../glue/rekognition_jobs.js").TokenReader} reader
 * @param {string | undefined} token
 */
export function tellToken(reader, token) {
  if (token === undefined || token.length <= usualToken) return;
  reader.requireRoom(token);
  reader.knowToken(token);
}
