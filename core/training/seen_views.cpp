#include "core/training/seen_views.h"

#include <torch/torch.h>

namespace loom {

SeenViews drawSeenViews(const at::Tensor& present, at::Generator& random) {
  constexpr double kSingle = .6;  // share of the characters that show one view, the hardest task
  const std::int64_t count = present.size(0), views = present.size(1);
  const at::Tensor draws = at::empty({count, views + 2}).uniform_(0, 1, random);
  const at::Tensor absent = 1 - present;
  const at::Tensor order = (draws.narrow(1, 0, views) + absent * 2).argsort(/*stable=*/true, 1);  // those there first
  const at::Tensor place = order.argsort(/*stable=*/true, 1);
  const at::Tensor there = present.sum(1);
  const at::Tensor single = draws.select(1, views).lt(kSingle).logical_or(there.lt(3));
  const at::Tensor several = 2 + (draws.select(1, views + 1) * (there - 2)).floor();
  const at::Tensor shown = at::where(single, 1, several.clamp_max(there - 1));
  return {.seen = place.lt(shown.unsqueeze(1)).to(at::kFloat),
          .targets = order.gather(1, (there - 1).to(at::kLong).unsqueeze(1))};
}

at::Tensor oneSeenView(const at::Tensor& present) {
  const std::int64_t count = present.size(0), views = present.size(1);
  const at::Tensor wanted = (at::arange(count, at::kLong).remainder(views)).unsqueeze(1);
  const at::Tensor away = (at::arange(views, at::kLong).unsqueeze(0) - wanted).remainder(views).to(present.device());
  const at::Tensor nearest = (away + (1 - present) * static_cast<double>(views)).argmin(1, /*keepdim=*/true);
  return at::zeros_like(present).scatter(1, nearest, 1);
}

}  // namespace loom
