#include "core/training/pixels.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "core/base/job_monitor.h"
#include "core/base/parallel.h"
#include "core/image/colour_fill.h"
#include "core/training/environment.h"
#include "core/training/own_colours.h"

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
  return onDevice(values, options.device());
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

/// As core/image/channels.h weighs them.
at::Tensor luma(const at::Tensor& colours) {
  constexpr double kRed = 19595. / 65536, kGreen = 38470. / 65536, kBlue = 7471. / 65536;
  return colours.narrow(1, 0, 1) * kRed + colours.narrow(1, 1, 1) * kGreen + colours.narrow(1, 2, 1) * kBlue;
}

/// N x S x S x C bytes as N x C x S x S in [0, 1].
at::Tensor values(const at::Tensor& bytes) {
  return bytes.permute({0, 3, 1, 2}).to(at::kFloat).div_(255);
}

at::Tensor fillOf(const Snapshot& data, Fill fill, Rgba background) {
  const std::int64_t side = fill == Fill::kBlurred ? data.side() : 1;
  const std::int64_t count = fill == Fill::kColour ? 1 : data.size();
  at::Tensor bytes = at::empty({count, side, side, 3}, at::kByte);
  auto* const first = bytes.mutable_data_ptr<std::uint8_t>();
  const auto write = [&](std::int64_t index) {
    std::uint8_t* target = first + index * side * side * 3;
    const std::vector<Rgba> colours =
        fill == Fill::kColour ? std::vector<Rgba>{background} : ownColours(data.sprite(index), fill, background);
    for (const Rgba& colour : colours) {
      for (const std::uint8_t value : {colour.r, colour.g, colour.b}) *target++ = value;
    }
  };
  JobMonitor nobody;
  constexpr std::size_t kBlock = 16;
  parallelFor(
      static_cast<std::size_t>(count), kBlock,
      [&](std::size_t begin, std::size_t end) {
        for (std::size_t index = begin; index < end; ++index) write(static_cast<std::int64_t>(index));
      },
      nobody);
  return bytes;
}

/// Each sprite's red, green and blue in the order it asks for.
at::Tensor exchanged(const at::Tensor& colours, std::span<const Augmentation> changes) {
  const std::array<int, 3> same = Augmentation{}.palette;
  const auto exchanges = [&same](const Augmentation& change) { return change.palette != same; };
  if (std::ranges::none_of(changes, exchanges)) return colours;
  at::Tensor order = at::empty({static_cast<std::int64_t>(changes.size()), 3, 1, 1}, at::kLong);
  auto* target = order.mutable_data_ptr<std::int64_t>();
  for (const Augmentation& change : changes) target = std::ranges::copy(change.palette, target).out;
  return colours.gather(1, order.to(colours.device()).expand_as(colours));
}

}  // namespace

Fill fillNamed(const std::string& name) {
  if (name == "colour") return Fill::kColour;
  if (name == "blurred") return Fill::kBlurred;
  if (name == "mean") return Fill::kMean;
  throw Error("there is no background fill '" + name + "'", "choose colour, blurred or mean");
}

std::vector<Rgba> ownColours(const Sprite& sprite, Fill fill, Rgba otherwise) {
  constexpr int kBlurs = 8;  // blur radii to a side
  const Rgba mean = meanColour(sprite);
  if (fill == Fill::kMean) return {mean.a == 0 ? otherwise : mean};
  if (mean.a == 0) return std::vector<Rgba>(sprite.pixels().size(), otherwise);
  const Sprite blurred = blurredColours(sprite, std::max(1, sprite.width() / kBlurs));
  return {blurred.pixels().begin(), blurred.pixels().end()};
}

PixelStore::PixelStore(const Snapshot& data, bool knowsViews, const Format& format, at::Device device)
    : m_format(format) {
  if (format.channels < 1 || format.channels > 4) {
    throw Error("networks cannot see " + std::to_string(format.channels) + " channels", "choose 1, 2, 3 or 4");
  }
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
  if (format.channels % 2 == 1) m_behind = fillOf(data, format.fill, format.background).to(device);
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
  chosen = onDevice(chosen, m_pixels.device());
  at::Tensor pixels = m_pixels.index_select(0, chosen);
  if (options.moves()) pixels = moved(pixels, changes);
  const at::Tensor seen = values(pixels);
  at::Tensor colours = seen.narrow(1, 0, 3);
  const at::Tensor alpha = seen.narrow(1, 3, 1);
  const bool ownFill = m_behind.defined() && m_format.fill != Fill::kColour;
  // A sprite's own colours change together, behind it as well; a background of the user's choice stays as it is.
  if (options.recolours() && !ownFill) colours = recoloured(colours, alpha, changes);
  if (m_behind.defined()) {
    const at::Tensor ground = behind(chosen, changes, options.moves());
    colours = ground + (colours - ground) * alpha;
  }
  if (options.recolours() && ownFill) colours = recoloured(colours, alpha, changes);
  if (m_format.channels <= 2) colours = luma(colours);
  if (!m_behind.defined()) colours = at::cat({colours * alpha, alpha}, 1);
  return {.pictures = colours.mul(2).sub_(1).contiguous(at::MemoryFormat::ChannelsLast),
          .views = onDevice(views, m_pixels.device()),
          .alpha = m_format.alpha ? alpha.contiguous() : at::Tensor()};
}

at::Tensor PixelStore::behind(const at::Tensor& chosen, std::span<const Augmentation> changes, bool moves) const {
  if (m_behind.size(0) == 1) return values(m_behind);
  const at::Tensor pixels = m_behind.index_select(0, chosen);
  return values(moves && pixels.size(1) > 1 ? moved(pixels, changes, Outside::kEdge) : pixels);
}

at::Tensor moved(const at::Tensor& pixels, std::span<const Augmentation> changes, Outside outside) {
  const std::int64_t count = pixels.size(0), side = pixels.size(1);
  at::Tensor rows = at::empty({count, side}, at::kLong), columns = at::empty({count, side}, at::kLong);
  auto* row = rows.mutable_data_ptr<std::int64_t>();
  auto* column = columns.mutable_data_ptr<std::int64_t>();
  const bool edge = outside == Outside::kEdge;
  const auto orOutside = [side, edge](std::int64_t at) {
    if (edge) return std::clamp<std::int64_t>(at, 0, side - 1);
    return at < 0 || at >= side ? side : at;
  };
  for (const Augmentation& change : changes) {
    for (std::int64_t at = 0; at < side; ++at) {
      const std::int64_t from = at - change.dx;
      *row++ = orOutside(at - change.dy);
      *column++ = orOutside(change.mirror ? side - 1 - from : from);
    }
  }
  // Row and column `side` are transparent.
  const at::Tensor framed = edge ? pixels : at::constant_pad_nd(pixels, {0, 0, 0, 1, 0, 1});
  const at::Tensor which = at::arange(count, at::kLong).to(pixels.device());
  return framed.index({which.index({Slice(), None, None}),
                       onDevice(rows, pixels.device()).index({Slice(), Slice(), None}),
                       onDevice(columns, pixels.device()).index({Slice(), None, Slice()})});
}

at::Tensor recoloured(const at::Tensor& colours, const at::Tensor& alpha, std::span<const Augmentation> changes) {
  const auto options = colours.options();
  at::Tensor result = (colours * column(changes, &Augmentation::brightness, options)).clamp_(0, 1);
  const at::Tensor weight = alpha.sum({2, 3}, true).clamp_min(1e-6);
  const at::Tensor mean = (grey(result) * alpha).sum({2, 3}, true) / weight;
  result = blended(result, mean, column(changes, &Augmentation::contrast, options));
  result = blended(result, grey(result), column(changes, &Augmentation::saturation, options));
  const bool turns = std::ranges::any_of(changes, [](const Augmentation& change) { return change.hue != 0; });
  if (turns) result = hueTurned(result, column(changes, &Augmentation::hue, options));
  return exchanged(result, changes);
}

std::vector<Sprite> toSprites(const at::Tensor& pictures, bool crispAlpha) {
  const at::Tensor values =
      pictures.detach().to(at::kCPU, at::kFloat).add(1).div_(2).permute({0, 2, 3, 1}).contiguous();
  const std::int64_t channels = values.size(3);
  const std::int64_t colours = channels <= 2 ? 1 : 3;
  const float* value = values.const_data_ptr<float>();
  std::vector<Sprite> sprites;
  for (std::int64_t index = 0; index < values.size(0); ++index) {
    Sprite& sprite = sprites.emplace_back(static_cast<int>(values.size(2)), static_cast<int>(values.size(1)));
    for (Rgba& pixel : sprite.pixels()) {
      const float alpha = channels > colours ? std::clamp(value[colours], 0.F, 1.F) : 1.F;
      const std::uint8_t opacity = crispAlpha ? (alpha < .5F ? std::uint8_t{0} : std::uint8_t{255}) : toByte(alpha);
      if (opacity > 0) {
        const std::uint8_t red = toByte(value[0] / alpha);
        pixel = {red, red, red, opacity};
        if (colours == 3) pixel = {red, toByte(value[1] / alpha), toByte(value[2] / alpha), opacity};
      }
      value += channels;
    }
  }
  return sprites;
}

}  // namespace loom
