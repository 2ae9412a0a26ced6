#include "core/training/model.h"

#include "core/base/error.h"

namespace loom {
namespace {

int numberOf(const Json& settings, const char* name) {
  if (settings.contains(name)) return settings.at(name).get<int>();
  throw Error("this model draws the missing views of characters, no new sprites",
              "choose a run of another preset; 'turnaround' is what this one is for");
}

}  // namespace

int Model::latentSize() const {
  return numberOf(settings, "latent");
}

int Model::channels() const {
  return numberOf(settings, "channels");
}

}  // namespace loom
