// Compiles the fast reader of results once.
#include "fast_reader.h"

template class rekognition_jobs::LearningReader<rekognition_jobs::ResultBuilder>;
