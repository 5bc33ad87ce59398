// The engine of results as wasm/results_bindings.cpp names it.
import type { RejectedLine, ResultComparison } from "../index.js";
import type { Asked, Bytes, EngineModule, Handle, Reader, RecordsView, StartOptions } from "./embind.js";

export interface ResultsReading extends Reader {
  readonly images: number;
  rejected(): RejectedLine[];
  summary(): string | undefined;
  view(): ResultsView;
}

export interface ResultsView extends RecordsView, Asked {
  histogram(buckets: number, label: string | undefined): Bytes;
  labels(threshold: number | undefined): Bytes;
  flagged(threshold: number): ResultsView;
  query(text: string, sort: string): ResultsView | null;
  compare(other: ResultsView, threshold: number | undefined): Comparison;
}

export type Counts = Pick<
  ResultComparison,
  "both" | "onlyHere" | "onlyThere" | "unchanged" | "nowFlagged" | "nowUnflagged" | "otherLabels"
>;

export interface Comparison extends Handle {
  counts(): Counts;
  rows(first: number, count: number): Bytes;
}

export interface ResultsModule extends EngineModule {
  ResultsReading: new () => ResultsReading;
  isResultFacet(name: string): boolean;
  resultQueryTokens(text: string): string;
  resultQueryFields(): string;
}

export default function createModule(options: StartOptions): Promise<ResultsModule>;
