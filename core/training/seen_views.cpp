#include "core/training/seen_views.h"

#include <torch/torch.h>

namespace loom {

at::Tensor drawSeenViews(const at::Tensor& present, at::Generator& random) {
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
  return place.lt(shown.unsqueeze(1)).to(at::kFloat);
}

at::Tensor drawHints(const at::Tensor& hidden, std::int64_t size, at::Generator& random) {
  constexpr double kScattered = .15, kRectangle = .3;  // shares of the characters: below the first, below the second
  constexpr double kDensest = .03;                     // share of a view's pixels, at most
  const std::int64_t count = hidden.size(0), views = hidden.size(1);
  const auto draws = [&random](at::IntArrayRef shape) { return at::empty(shape).uniform_(0, 1, random); };
  const at::Tensor kind = draws({count, 1, 1, 1});
  const at::Tensor density = kDensest * draws({count, 1, 1, 1}).square();
  const at::Tensor scattered = draws({count, views, size, size}).lt(density).logical_and(kind.lt(kScattered));

  const at::Tensor places = at::arange(size, at::kFloat);
  const auto between = [&](at::IntArrayRef shape) {  // a stretch of up to a third of the side
    const at::Tensor from = draws({count, views, 1, 1}) * static_cast<double>(size);
    const at::Tensor to = from + 1 + draws({count, views, 1, 1}) * (static_cast<double>(size) / 3);
    const at::Tensor place = places.view(shape);
    return place.ge(from.floor()).logical_and(place.lt(to));
  };
  const at::Tensor rectangle = between({1, 1, size, 1})
                                   .logical_and(between({1, 1, 1, size}))
                                   .logical_and(kind.ge(kScattered))
                                   .logical_and(kind.lt(kRectangle));
  return hidden.view({count, views, 1, 1}) * scattered.logical_or(rectangle).to(at::kFloat);
}

at::Tensor oneSeenView(const at::Tensor& present) {
  const std::int64_t count = present.size(0), views = present.size(1);
  const at::Tensor wanted = (at::arange(count, at::kLong).remainder(views)).unsqueeze(1);
  const at::Tensor away = (at::arange(views, at::kLong).unsqueeze(0) - wanted).remainder(views).to(present.device());
  const at::Tensor nearest = (away + (1 - present) * static_cast<double>(views)).argmin(1, /*keepdim=*/true);
  return at::zeros_like(present).scatter(1, nearest, 1);
}

}  // namespace loom
