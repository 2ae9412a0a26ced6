#include "core/studio/drawing.h"

#include <algorithm>
#include <numeric>

#include "core/base/cores.h"
#include "core/base/error.h"

namespace loom {

std::vector<int> chosenViews(const Model& model, const std::optional<std::string>& view) {
  if (!view) {
    std::vector<int> all(model.views.size());
    std::iota(all.begin(), all.end(), 0);
    return all;
  }
  const auto found = std::ranges::find(model.views, *view);
  if (found != model.views.end()) return {static_cast<int>(found - model.views.begin())};
  std::string known;
  for (const std::string& name : model.views) known += (known.empty() ? "" : ", ") + name;
  throw Error("the model has no view '" + *view + "'", "its views are: " + known);
}

}  // namespace loom
