// Compiles the fast reader of jobs once.
#include "fast_reader.h"

template class rekognition_jobs::LearningReader<rekognition_jobs::JobBuilder>;
