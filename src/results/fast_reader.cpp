// The reader of plain lines, compiled once.
#include "results/fast_reader.h"

template class rekognition_jobs::LearningReader<rekognition_jobs::ResultBuilder>;
