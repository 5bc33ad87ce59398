// The reader of plain jobs, compiled once.
#include "jobs/fast_reader.h"

template class rekognition_jobs::LearningReader<rekognition_jobs::JobBuilder>;
