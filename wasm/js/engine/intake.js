// Counts what became of the jobs that a load or an import read.

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
