#include "ui/bridge/id_ranges.h"

#include "core/base/error.h"

namespace loom {
namespace {

constexpr std::int64_t kMostIds = 10'000'000;

}  // namespace

Json idRanges(std::span<const std::int64_t> ids) {
  std::vector<std::int64_t> ranges;
  for (const std::int64_t id : ids) {
    if (!ranges.empty() && ranges[ranges.size() - 2] + ranges.back() == id) {
      ++ranges.back();
    } else {
      ranges.insert(ranges.end(), {id, 1});
    }
  }
  return ranges;
}

std::vector<std::int64_t> idsFrom(const Json& ranges) {
  const auto numbers = ranges.get<std::vector<std::int64_t>>();
  std::vector<std::int64_t> ids;
  for (std::size_t i = 0; i < numbers.size(); i += 2) {
    const std::int64_t count = i + 1 < numbers.size() ? numbers[i + 1] : -1;
    if (count < 1 || count > kMostIds - static_cast<std::int64_t>(ids.size())) throw Error("a list of ids is damaged");
    for (std::int64_t k = 0; k < count; ++k) ids.push_back(numbers[i] + k);
  }
  return ids;
}

}  // namespace loom
