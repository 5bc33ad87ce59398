// Compiles the fast reader of jobs once.
#include "jobs/fast_reader.h"

template class rekognition_jobs::LearningReader<rekognition_jobs::JobBuilder>;
