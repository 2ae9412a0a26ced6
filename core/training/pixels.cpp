#include "core/training/pixels.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <cstring>

namespace loom {
namespace {

using at::indexing::None;
using at::indexing::Slice;

std::uint8_t toByte(float value) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.F, 1.F) * 255));
}

template <class Field>
at::Tensor column(std::span<const Augmentation> changes, Field field, const at::TensorOptions& options) {
  at::Tensor values = at::empty({static_cast<std::int64_t>(changes.size()), 1, 1, 1});
  float* target = values.mutable_data_ptr<float>();
  for (const Augmentation& change : changes) *target++ = static_cast<float>(change.*field);
  return values.to(options);
}

at::Tensor grey(const at::Tensor& colours) {
  return colours.narrow(1, 0, 1) * .2989 + colours.narrow(1, 1, 1) * .587 + colours.narrow(1, 2, 1) * .114;
}

at::Tensor blended(const at::Tensor& colours, const at::Tensor& other, const at::Tensor& factor) {
  return (other + (colours - other) * factor).clamp_(0, 1);
}

/// Turns hues by `turns` (N x 1 x 1 x 1) in HSV; value and saturation stay.
at::Tensor hueTurned(const at::Tensor& colours, const at::Tensor& turns) {
  const at::Tensor r = colours.narrow(1, 0, 1), g = colours.narrow(1, 1, 1), b = colours.narrow(1, 2, 1);
  const at::Tensor value = colours.amax(1, true);
  const at::Tensor chroma = value - colours.amin(1, true);
  const at::Tensor span = chroma.clamp_min(1e-8);
  const at::Tensor sextant =
      at::where(value == r, (g - b) / span, at::where(value == g, (b - r) / span + 2, (r - g) / span + 4)) + turns * 6;
  std::vector<at::Tensor> turned;
  for (const double offset : {5.0, 3.0, 1.0}) {
    const at::Tensor k = (sextant + offset).remainder(6);
    turned.push_back(value - chroma * at::minimum(k, 4 - k).clamp_(0, 1));
  }
  return at::cat(turned, 1);
}

}  // namespace

PixelStore::PixelStore(const Snapshot& data, bool knowsViews, const Format& format, at::Device device)
    : m_format(format) {
  const std::int64_t side = data.side();
  m_pixels = at::empty({data.size(), side, side, 4}, at::kByte);
  auto* target = m_pixels.mutable_data_ptr<std::uint8_t>();
  for (std::int64_t index = 0; index < data.size(); ++index) {
    const auto pixels = std::as_bytes(data.sprite(index).pixels());
    std::memcpy(target, pixels.data(), pixels.size());
    target += pixels.size();
    m_views.push_back(knowsViews ? data.items()[static_cast<std::size_t>(index)].view : 0);
  }
  m_pixels = m_pixels.to(device);
}

Batch PixelStore::batch(std::span<const std::int64_t> indices) const {
  std::vector<Augmentation> changes;
  for (const std::int64_t index : indices) changes.push_back({.view = view(index)});
  return make(indices, changes, {});
}

Batch PixelStore::batch(std::span<const std::int64_t> indices, Augmenter& augmenter) const {
  std::vector<Augmentation> changes;
  for (const std::int64_t index : indices) changes.push_back(augmenter.next(view(index)));
  return make(indices, changes, augmenter.options());
}

Batch PixelStore::make(std::span<const std::int64_t> indices, std::span<const Augmentation> changes,
                       const AugmentOptions& options) const {
  const torch::NoGradGuard noGrad;
  const auto count = static_cast<std::int64_t>(indices.size());
  at::Tensor chosen = at::empty({count}, at::kLong);
  at::Tensor views = at::empty({count}, at::kLong);
  std::ranges::copy(indices, chosen.mutable_data_ptr<std::int64_t>());
  std::ranges::transform(changes, views.mutable_data_ptr<std::int64_t>(), &Augmentation::view);
  at::Tensor pixels = m_pixels.index_select(0, chosen.to(m_pixels.device()));
  if (options.moves()) pixels = moved(pixels, changes);
  const at::Tensor values = pixels.permute({0, 3, 1, 2}).to(at::kFloat).div_(255);
  at::Tensor colours = values.narrow(1, 0, 3);
  const at::Tensor alpha = values.narrow(1, 3, 1);
  if (options.recolours()) colours = recoloured(colours, alpha, changes);
  at::Tensor pictures;
  if (m_format.channels == 4) {
    pictures = at::cat({colours * alpha, alpha}, 1);
  } else {
    const Rgba& ground = m_format.background;
    const at::Tensor behind =
        (at::tensor({ground.r, ground.g, ground.b}, at::kFloat).view({1, 3, 1, 1}) / 255).to(values.device());
    pictures = behind + (colours - behind) * alpha;
  }
  return {pictures.mul_(2).sub_(1).contiguous(at::MemoryFormat::ChannelsLast), views.to(m_pixels.device())};
}

at::Tensor moved(const at::Tensor& pixels, std::span<const Augmentation> changes) {
  const std::int64_t count = pixels.size(0), side = pixels.size(1);
  at::Tensor rows = at::empty({count, side}, at::kLong), columns = at::empty({count, side}, at::kLong);
  auto* row = rows.mutable_data_ptr<std::int64_t>();
  auto* column = columns.mutable_data_ptr<std::int64_t>();
  const auto orOutside = [side](std::int64_t at) { return at < 0 || at >= side ? side : at; };
  for (const Augmentation& change : changes) {
    for (std::int64_t at = 0; at < side; ++at) {
      const std::int64_t from = at - change.dx;
      *row++ = orOutside(at - change.dy);
      *column++ = orOutside(change.mirror ? side - 1 - from : from);
    }
  }
  const at::Tensor framed = at::constant_pad_nd(pixels, {0, 0, 0, 1, 0, 1});  // row and column `side` are transparent
  const at::Tensor which = at::arange(count, at::kLong).to(pixels.device());
  return framed.index({which.index({Slice(), None, None}), rows.to(pixels.device()).index({Slice(), Slice(), None}),
                       columns.to(pixels.device()).index({Slice(), None, Slice()})});
}

at::Tensor recoloured(const at::Tensor& colours, const at::Tensor& alpha, std::span<const Augmentation> changes) {
  const auto options = colours.options();
  at::Tensor result = (colours * column(changes, &Augmentation::brightness, options)).clamp_(0, 1);
  const at::Tensor weight = alpha.sum({2, 3}, true).clamp_min(1e-6);
  const at::Tensor mean = (grey(result) * alpha).sum({2, 3}, true) / weight;
  result = blended(result, mean, column(changes, &Augmentation::contrast, options));
  result = blended(result, grey(result), column(changes, &Augmentation::saturation, options));
  const bool turns = std::ranges::any_of(changes, [](const Augmentation& change) { return change.hue != 0; });
  return turns ? hueTurned(result, column(changes, &Augmentation::hue, options)) : result;
}

std::vector<Sprite> toSprites(const at::Tensor& pictures, bool crispAlpha) {
  const at::Tensor values =
      pictures.detach().to(at::kCPU, at::kFloat).add(1).div_(2).permute({0, 2, 3, 1}).contiguous();
  const std::int64_t channels = values.size(3);
  const float* value = values.const_data_ptr<float>();
  std::vector<Sprite> sprites;
  for (std::int64_t index = 0; index < values.size(0); ++index) {
    Sprite& sprite = sprites.emplace_back(static_cast<int>(values.size(2)), static_cast<int>(values.size(1)));
    for (Rgba& pixel : sprite.pixels()) {
      const float alpha = channels == 4 ? std::clamp(value[3], 0.F, 1.F) : 1.F;
      const std::uint8_t opacity = crispAlpha ? (alpha < .5F ? std::uint8_t{0} : std::uint8_t{255}) : toByte(alpha);
      if (opacity > 0) {
        pixel = {toByte(value[0] / alpha), toByte(value[1] / alpha), toByte(value[2] / alpha), opacity};
      }
      value += channels;
    }
  }
  return sprites;
}

}  // namespace loom
