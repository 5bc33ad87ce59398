// What the classes get at run time: Symbol.dispose where it exists, by makeDisposable(), and a comparison's counts.
import type { Counts } from "./rekognition_results.js";

declare module "../js/jobs.js" {
  interface Jobs {
    [Symbol.dispose](): void;
  }
}

declare module "../js/views/job_view.js" {
  interface View {
    [Symbol.dispose](): void;
  }
}

declare module "../js/views/result_view.js" {
  interface ResultView {
    [Symbol.dispose](): void;
  }
}

declare module "../js/views/result_comparison.js" {
  interface ResultComparison extends Counts {
    [Symbol.dispose](): void;
  }
}

declare module "../js/worker/async_jobs.js" {
  interface AsyncJobs {
    [Symbol.dispose](): void;
  }
}

declare module "../js/worker/async_views.js" {
  interface AsyncRowsView<Row> {
    [Symbol.dispose](): void;
  }

  interface AsyncResults
    extends Pick<
      import("../index.js").Results,
      "size" | "summary" | "summaryError" | "resultsError" | "rejected" | "rejectedCount" | "format" | "notices" | "fields"
    > {}

  interface AsyncResultComparison extends Counts {
    readonly length: number;
    [Symbol.dispose](): void;
  }
}
