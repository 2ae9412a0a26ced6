// Weights that know other views than a run has: their parts of each view, put in the run's places.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/tensor_file.h"

namespace loom {

/// Views as a part of a tensor's dimension `dimension`, which is outer x views x the rest.
struct ViewAxis {
  std::string tensor;
  std::int64_t dimension = 0;
  std::int64_t outer = 1;
};

/// `file`'s tensor with the views `places` of the `known` in place of all of them. Does nothing to a tensor that is not
/// there or not so built.
void chooseViews(TensorFile& file, const ViewAxis& axis, std::int64_t known, std::span<const std::int64_t> places);

/// Makes the weights of a model of whole characters (hero, turnaround; its metadata say which views it knows) ones for
/// `views`: each gets what was learned of the view of its name, else of the front, else of the first. Other models, and
/// those that know the same views, stay as they are.
void fitViews(TensorFile& file, std::span<const std::string> views);

}  // namespace loom
