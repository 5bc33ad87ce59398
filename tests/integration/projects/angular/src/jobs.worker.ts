import "rekognition-jobs/jobs_worker.js";
