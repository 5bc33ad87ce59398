// The types of the engine of results, by the names in wasm/results_bindings.cpp.
import type { ResultComparison } from "../index.js";
import type { Answer, QueryTarget, Bytes, EngineModule, Handle, PlainReader, RecordsView, StartOptions } from "./embind.js";

export interface ResultsReading extends PlainReader {
  images(): number;
  summary(): Bytes | undefined;
  view(): ResultsView | null;
}

export interface ResultsView extends RecordsView, QueryTarget {
  histogram(buckets: number, label: string | undefined): Bytes | undefined;
  labels(threshold: number | undefined): Bytes | undefined;
  flagged(threshold: number): ResultsView | null;
  query(text: string, sort: string): Answer<ResultsView>;
  compare(other: ResultsView, threshold: number | undefined): Comparison | null;
}

export type Counts = Pick<
  ResultComparison,
  "both" | "onlyHere" | "onlyThere" | "unchanged" | "nowFlagged" | "nowUnflagged" | "otherLabels"
>;

export interface Comparison extends Handle {
  counts(): Counts;
  /** As many as fit into a part. */
  rows(first: number, count: number): Bytes | undefined;
}

export interface ResultsModule extends EngineModule {
  ResultsReading: new (seed: number) => ResultsReading;
  isResultFacet(name: string): boolean;
  resultQueryFields(): string;
}

export default function createModule(options: StartOptions): Promise<ResultsModule>;
