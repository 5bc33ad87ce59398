// Loads the rest of a listing of which a file is the first pages, from an account.

/**
 * Imports page after page into `jobs`. `onPage` receives the number of pages, of jobs, and the token of the next page,
 * and returns whether to go on.
 * @param {import("rekognition-jobs").AsyncJobs} jobs
 * @param {Pick<import("rekognition-jobs").AsyncJobs, "paginateListMediaAnalysisJobs">} account
 * @param {string} NextToken
 * @param {(pages: number, count: number, NextToken: string | undefined) => boolean} onPage
 */
export async function loadRest(jobs, account, NextToken, onPage) {
  let pages = 0;
  for await (const page of account.paginateListMediaAnalysisJobs({ NextToken })) {
    await jobs.import(JSON.stringify({ MediaAnalysisJobs: page.MediaAnalysisJobs }));
    pages += 1;
    if (!onPage(pages, await jobs.size, page.NextToken)) return;
  }
}
