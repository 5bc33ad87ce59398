// Loads the rest of a listing of which a file is the first pages, from an account.

/**
 * Imports page after page into `jobs`. `onPage` receives the number of pages and the token of the next one, and returns
 * whether to go on.
 * @param {import("rekognition-jobs").Jobs} jobs
 * @param {Pick<import("rekognition-jobs").Jobs, "paginateListMediaAnalysisJobs">} account
 * @param {string} NextToken
 * @param {(pages: number, NextToken: string | undefined) => boolean} onPage
 */
export async function loadRest(jobs, account, NextToken, onPage) {
  let pages = 0;
  for await (const page of account.paginateListMediaAnalysisJobs({ NextToken })) {
    await jobs.import(JSON.stringify({ MediaAnalysisJobs: page.MediaAnalysisJobs }));
    pages += 1;
    if (!onPage(pages, page.NextToken)) return;
  }
}
