#include "core/latent/pictures.h"

#include <torch/torch.h>

#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/base/random_stream.h"
#include "core/image/channels.h"
#include "core/image/edit.h"
#include "core/latent/reconstruction.h"
#include "core/training/losses.h"
#include "core/training/own_colours.h"
#include "core/training/pixels.h"

namespace loom {
namespace {

Rgba groundOf(const Model& model) {
  return parseColour(model.settings.value("background", "#ffffff"));
}

/// Over what the model's preset fills transparent pixels with, where that is not one colour for all.
Sprite overOwnColours(const Sprite& sprite, const Model& model) {
  const Fill fill = fillNamed(model.settings.value("fill", "colour"));
  if (fill == Fill::kColour) return sprite;
  const std::vector<Rgba> colours = ownColours(sprite, fill, groundOf(model));
  Sprite filled = sprite;
  std::size_t at = 0;
  for (Rgba& pixel : filled.pixels()) {
    const Rgba& behind = colours[colours.size() > 1 ? at : 0];
    ++at;
    const auto mixed = [alpha = pixel.a](int front, int back) {
      return static_cast<std::uint8_t>((front * alpha + back * (255 - alpha) + 127) / 255);
    };
    pixel = {mixed(pixel.r, behind.r), mixed(pixel.g, behind.g), mixed(pixel.b, behind.b), 255};
  }
  return filled;
}

/// Colours multiplied by alpha, and no stronger than it: what networks draw beyond that, no sprite can show.
at::Tensor drawable(const at::Tensor& pictures) {
  const std::int64_t colours = pictures.size(1) - 1;
  if (pictures.size(1) % 2 == 1) return pictures;
  const at::Tensor alpha = pictures.narrow(1, colours, 1);
  return at::cat({at::minimum(pictures.narrow(1, 0, colours), alpha), alpha}, 1);
}

}  // namespace

at::Tensor toPictures(std::span<const Sprite> sprites, const Model& model) {
  const torch::NoGradGuard noGrad;
  const std::int64_t side = model.side(), channels = model.channels();
  at::Tensor values = at::empty({static_cast<std::int64_t>(sprites.size()), side, side, channels});
  float* target = values.mutable_data_ptr<float>();
  for (const Sprite& sprite : sprites) {
    if (sprite.empty()) throw Error("there is a sprite without pixels", "leave it out");
    Sprite fitted = fittedTo(sprite, model.side()).sprite;
    if (channels % 2 == 1) fitted = overOwnColours(fitted, model);
    for (const std::uint8_t value : channelValues(fitted, model.channels(), groundOf(model))) {
      *target++ = static_cast<float>(value) / 255;
    }
  }
  values = values.permute({0, 3, 1, 2});
  if (channels % 2 == 0) values.narrow(1, 0, channels - 1).mul_(values.narrow(1, channels - 1, 1));
  return values.mul(2).sub_(1).contiguous(at::MemoryFormat::ChannelsLast);
}

std::vector<Sprite> toModelSprites(const at::Tensor& pictures, const Model& model, bool crispAlpha) {
  std::vector<Sprite> sprites = toSprites(pictures, crispAlpha);
  if (model.content.width > 0) {
    for (Sprite& sprite : sprites) sprite = cropped(sprite, model.content);
  }
  return sprites;
}

std::vector<Sprite> asSeenBy(const Model& model, std::span<const Sprite> sprites) {
  std::vector<Sprite> seen;
  for (const Sprite& sprite : sprites) {  // one at a time: thousands may be asked for
    seen.push_back(toModelSprites(toPictures(std::span(&sprite, 1), model), model, false).front());
  }
  return seen;
}

at::Tensor noisy(const at::Tensor& pictures, double deviation, std::uint64_t seed, std::uint64_t first) {
  at::Tensor noise = at::empty(pictures.sizes(), at::kFloat);
  float* value = noise.mutable_data_ptr<float>();
  const std::int64_t each = pictures.size(0) > 0 ? noise.numel() / pictures.size(0) : 0;
  for (std::int64_t row = 0; row < pictures.size(0); ++row) {
    RandomStream random(seed, first + static_cast<std::uint64_t>(row));
    for (std::int64_t i = 0; i < each; ++i) *value++ = static_cast<float>(deviation * random.normal());
  }
  return (pictures + noise).contiguous(at::MemoryFormat::ChannelsLast);
}

void checkViews(const Model& model, std::size_t count, std::span<const int> views) {
  if (views.size() != count) {
    throw Error("there are " + std::to_string(count) + " sprites for " + std::to_string(views.size()) + " views");
  }
  for (const int view : views) {
    if (view < 0 || std::cmp_greater_equal(view, model.views.size())) {
      throw Error("the model has no view number " + std::to_string(view));
    }
  }
}

std::vector<PictureDifference> pictureDifferences(const at::Tensor& originals, const at::Tensor& others) {
  const torch::NoGradGuard noGrad;
  const at::Tensor a = originals.to(at::kCPU, at::kFloat), b = drawable(others.to(at::kCPU, at::kFloat));
  std::vector<PictureDifference> differences;
  for (std::int64_t i = 0; i < a.size(0); ++i) {
    const at::Tensor wanted = a.narrow(0, i, 1), made = b.narrow(0, i, 1);
    PictureDifference& difference = differences.emplace_back();
    difference.l1 = (made - wanted).abs().mean().item<double>();
    difference.accuracy = pixelAccuracy(made, wanted).item<double>();
    if (a.size(1) > 1) difference.strongestChannel = channelAccuracy(made, wanted).item<double>();
  }
  return differences;
}

}  // namespace loom
