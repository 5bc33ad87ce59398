// Reads lines of a results file in the layout in which the service writes them, at the speed of a scan.
#pragma once

#include "../json/learning_reader.h"
#include "builder.h"

namespace rekognition_jobs {

/// Declines lines that carry an error too.
using FastLineReader = LearningReader<ResultBuilder>;
extern template class LearningReader<ResultBuilder>;

}  // namespace rekognition_jobs
