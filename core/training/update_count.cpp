#include "core/training/update_count.h"

#include <exception>
#include <string>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr const char* kUpdates = "updates";

}  // namespace

void saveUpdates(TensorFile& file, std::int64_t updates) {
  file.metadata[kUpdates] = std::to_string(updates);
}

std::int64_t loadUpdates(const TensorFile& file) {
  try {
    return std::stoll(file.metadata.at(kUpdates));
  } catch (const std::exception&) {
    throw Error("the checkpoint does not say how far it is", "it is damaged: take an earlier one");
  }
}

}  // namespace loom
