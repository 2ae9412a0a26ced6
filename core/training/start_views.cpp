#include "core/training/start_views.h"

#include <torch/torch.h>

#include <algorithm>
#include <optional>

#include "core/base/json.h"
#include "core/nets/state.h"

namespace loom {
namespace {

/// In the order in which they are to be chosen: where views stand twice in a dimension, the outer ones come first.
std::vector<ViewAxis> viewAxes(const std::string& network, std::int64_t views) {
  if (network == "hero") {
    return {{.tensor = "encoder.stages.0.convolution.weight", .dimension = 1},
            {.tensor = "generator.choice.weight", .outer = 4},  // folded pixels
            {.tensor = "generator.choice.bias", .outer = 4}};
  }
  if (network != "turnaround") return {};
  std::vector<ViewAxis> all{
      {.tensor = "turnaround.down.0.change.convolution.weight", .dimension = 1, .outer = 2}};  // and mirrored
  for (const std::string part : {"weight", "bias"}) {
    for (const std::string head : {"query.", "feature.", "trust."}) {
      all.push_back({.tensor = "turnaround." + head + part});
    }
    all.push_back({.tensor = "turnaround.trust." + part, .outer = 2 * views});
  }
  return all;
}

std::vector<std::string> viewsOf(const TensorFile& file) {
  const auto views = file.metadata.find("views");
  if (views == file.metadata.end()) return {};
  const std::optional<Json> names = jsonFrom(views->second);
  const auto isName = [](const Json& name) { return name.is_string(); };
  if (!names || !names->is_array() || !std::ranges::all_of(*names, isName)) return {};
  return names->get<std::vector<std::string>>();
}

std::int64_t placeOf(const std::string& view, const std::vector<std::string>& known) {
  for (const std::string& name : {view, std::string("front")}) {
    const auto found = std::ranges::find(known, name);
    if (found != known.end()) return found - known.begin();
  }
  return 0;
}

}  // namespace

void chooseViews(TensorFile& file, const ViewAxis& axis, std::int64_t known, std::span<const std::int64_t> places) {
  const auto found = file.tensors.find(axis.tensor);
  if (found == file.tensors.end()) return;
  const at::Tensor whole = toTensor(found->second);
  if (whole.dim() <= axis.dimension || whole.size(axis.dimension) % (axis.outer * known) != 0) return;
  const at::Tensor chosen = at::tensor(at::ArrayRef<std::int64_t>(places.data(), places.size()), at::kLong);
  const at::Tensor parts = whole.unflatten(axis.dimension, {axis.outer, known, -1});
  found->second =
      toRaw(parts.index_select(axis.dimension + 1, chosen).flatten(axis.dimension, axis.dimension + 2).contiguous());
}

void fitViews(TensorFile& file, std::span<const std::string> views) {
  const std::vector<std::string> known = viewsOf(file);
  const auto network = file.metadata.find("network");
  if (known.empty() || network == file.metadata.end() || std::ranges::equal(known, views)) return;
  std::vector<std::int64_t> places;
  for (const std::string& view : views) places.push_back(placeOf(view, known));
  for (const ViewAxis& axis : viewAxes(network->second, std::ssize(views))) {
    chooseViews(file, axis, std::ssize(known), places);
  }
}

}  // namespace loom
