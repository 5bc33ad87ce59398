// What the classes get at run time: Symbol.dispose where there is one, by makeDisposable(), and a comparison's counts.
import type { Counts } from "./rekognition_results.js";

declare module "../js/jobs.js" {
  interface Jobs {
    [Symbol.dispose](): void;
  }
}

declare module "../js/view.js" {
  interface View {
    [Symbol.dispose](): void;
  }
}

declare module "../js/result_view.js" {
  interface ResultView {
    [Symbol.dispose](): void;
  }
}

declare module "../js/result_comparison.js" {
  interface ResultComparison extends Counts {
    [Symbol.dispose](): void;
  }
}
