// Reads jobs in the layout in which the service and the AWS CLI write them, at the speed of a scan.
#pragma once

#include "../json/learning_reader.h"
#include "builder.h"

namespace rekognition_jobs {

using FastJobReader = LearningReader<JobBuilder>;
extern template class LearningReader<JobBuilder>;

}  // namespace rekognition_jobs
