// Ours in place of the AWS SDK's: what lists jobs there can be handed what is listed here.
import type {
  GetMediaAnalysisJobCommandOutput,
  ListMediaAnalysisJobsCommandInput,
  ListMediaAnalysisJobsCommandOutput,
  MediaAnalysisJobDescription,
  MediaAnalysisJobFailureCode,
  MediaAnalysisJobStatus,
} from "@aws-sdk/client-rekognition";
import type { fromNodeProviderChain } from "@aws-sdk/credential-providers";
import type {
  CredentialProvider,
  ListMediaAnalysisJobsInput,
  ListMediaAnalysisJobsOutput,
  MediaAnalysisJob,
  MediaAnalysisJobFailureCode as OurFailureCode,
  MediaAnalysisJobStatus as OurStatus,
} from "rekognition-jobs";

type Assignable<From extends To, To> = [From, To];

/** The SDK's own names of values are within ours, which are open to new ones. */
export type Statuses = Assignable<MediaAnalysisJobStatus, OurStatus>;
export type Codes = Assignable<MediaAnalysisJobFailureCode, OurFailureCode>;

type Plain<Output> = Omit<Output, "$metadata">;
/** Values that are open to new ones, where the SDK has those of its day. */
type OfToday<Job> = Job extends { Status: unknown }
  ? Omit<Job, "Status" | "FailureDetails"> & {
      Status: MediaAnalysisJobStatus;
      FailureDetails?: { Code?: MediaAnalysisJobFailureCode; Message?: string };
    }
  : never;

export type Jobs = Assignable<OfToday<MediaAnalysisJob>, MediaAnalysisJobDescription>;
export type Lists = Assignable<
  Omit<ListMediaAnalysisJobsOutput, "MediaAnalysisJobs"> & { MediaAnalysisJobs: OfToday<MediaAnalysisJob>[] },
  Plain<ListMediaAnalysisJobsCommandOutput>
>;
export type Details = Assignable<OfToday<MediaAnalysisJob>, Plain<GetMediaAnalysisJobCommandOutput>>;
export type Inputs = Assignable<ListMediaAnalysisJobsInput, ListMediaAnalysisJobsCommandInput>;
export type TheirInputs = Assignable<ListMediaAnalysisJobsCommandInput, ListMediaAnalysisJobsInput>;
export type Providers = Assignable<ReturnType<typeof fromNodeProviderChain>, CredentialProvider>;
