#include "core/nets/hero.h"

#include <torch/torch.h>

#include "core/base/error.h"
#include "core/nets/layer_trace.h"
#include "core/nets/network_settings.h"

namespace loom {
namespace nn = torch::nn;
namespace {

constexpr std::int64_t kFold = 2;      // pixels of a side that become channels
constexpr std::int64_t kChannels = 5;  // of a view: red, green, blue, alpha, whether it is there
constexpr std::int64_t kHalvings = 3;  // of the folded map
constexpr std::int64_t kHidden = 512;  // between latent and smallest map
constexpr std::int64_t kTones = 256;   // between latent and palette

BlockOptions blockOptions() {
  return {.window = keepingWindow(3), .slope = kLeak, .scaled = true, .gain = gainAfterRelu(kLeak)};
}

/// Two convolutions that add to what they are given (He 2016).
class Refine : public nn::Module {
 public:
  explicit Refine(std::int64_t width) {
    m_first = register_module("first", std::make_shared<DownBlock>(width, width, blockOptions()));
    m_second = register_module("second", std::make_shared<DownBlock>(width, width, blockOptions()));
  }
  at::Tensor forward(const at::Tensor& x, at::Generator& random) {
    return x + m_second->forward(m_first->forward(x, random), random);
  }

 private:
  std::shared_ptr<DownBlock> m_first, m_second;
};

at::Tensor through(nn::ModuleList& stages, at::Tensor x, at::Generator& random) {
  for (const auto& stage : *stages) {
    auto* refine = stage->as<Refine>();
    x = refine != nullptr ? refine->forward(x, random) : stage->as<Block>()->forward(x, random);
  }
  return x;
}

std::int64_t sideOf(const Json& settings) {
  const std::int64_t side = positive(settings, "size");
  if (side % (kFold << kHalvings) == 0) return side;
  throw Error("whole characters cannot be " + std::to_string(side) + " pixels wide",
              "the size must be a multiple of " + std::to_string(kFold << kHalvings));
}

std::int64_t smallest(const Json& settings) {
  return sideOf(settings) / (kFold << kHalvings);
}

}  // namespace

HeroEncoder::HeroEncoder(const Json& settings, int views) {
  const std::int64_t features = positive(settings, "features"), latent = positive(settings, "latent");
  m_stages = register_module("stages", nn::ModuleList());
  m_stages->push_back(std::make_shared<DownBlock>(views * kChannels * kFold * kFold, features, blockOptions()));
  m_stages->push_back(std::make_shared<Refine>(features));
  BlockOptions halving = blockOptions();
  halving.window = {.kernel = 3, .stride = 2, .padding = 1};
  for (std::int64_t level = 1; level <= kHalvings; ++level) {
    m_stages->push_back(std::make_shared<DownBlock>(level * features, (level + 1) * features, halving));
    m_stages->push_back(std::make_shared<Refine>((level + 1) * features));
  }
  const std::int64_t last = (kHalvings + 1) * features * smallest(settings) * smallest(settings);
  m_mean = register_module("mean", linear(last, latent, /*scaled=*/true));
  m_logVariance = register_module("log_variance", linear(last, latent, /*scaled=*/true, /*gain=*/.1));
}

Code HeroEncoder::forward(const at::Tensor& pictures, const at::Tensor& present, at::Generator& random) {
  const std::int64_t side = pictures.size(4);
  const at::Tensor there = present.view({-1, pictures.size(1), 1, 1, 1}).expand({-1, -1, 1, side, side});
  const at::Tensor folded = at::pixel_unshuffle(at::cat({pictures, there}, 2).flatten(1, 2), kFold);
  const at::Tensor x = flattenMaps(through(m_stages, folded.contiguous(at::MemoryFormat::ChannelsLast), random));
  return {.mean = run(m_mean, x), .logVariance = run(m_logVariance, x)};
}

HeroDecoder::HeroDecoder(const Json& settings, int views)
    : m_views(views),
      m_side(sideOf(settings)),
      m_latent(positive(settings, "latent")),
      m_colours(positive(settings, "colours")) {
  if (m_colours < 2 || m_colours > 256) {
    throw Error("a palette of " + std::to_string(m_colours) + " colours cannot be drawn with", "choose 2 to 256");
  }
  const std::int64_t features = positive(settings, "features"), latent = m_latent;
  m_width = (kHalvings + 1) * features;
  const double gain = gainAfterRelu(kLeak);
  m_start = register_module("start", linear(latent, kHidden, /*scaled=*/true));
  m_spread = register_module("spread", linear(kHidden, m_width * smallest(settings) * smallest(settings),
                                              /*scaled=*/true, gain));
  m_stages = register_module("stages", nn::ModuleList());
  m_stages->push_back(std::make_shared<Refine>(m_width));
  BlockOptions doubling = blockOptions();
  doubling.nearest = true;
  for (std::int64_t level = kHalvings; level >= 1; --level) {
    m_stages->push_back(std::make_shared<Refine>((level + 1) * features));
    m_stages->push_back(std::make_shared<UpBlock>((level + 1) * features, level * features, doubling));
    m_stages->push_back(std::make_shared<Refine>(level * features));
  }
  m_choice = register_module("choice", convolution(features, kFold * kFold * m_views * m_colours, keepingWindow(1),
                                                   /*bias=*/true, /*scaled=*/true));
  m_tone = register_module("tone", linear(latent, kTones, /*scaled=*/true));
  m_mix = register_module("mix", linear(kTones, kTones, /*scaled=*/true, gainAfterRelu(0)));
  m_palette = register_module("palette", linear(kTones, 3 * (m_colours - 1), /*scaled=*/true));
}

at::Tensor HeroDecoder::paletteOf(const at::Tensor& latent) {
  const at::Tensor tones = run(m_mix, run(m_tone, latent).relu()).relu();
  const at::Tensor colours = squashed(run(m_palette, tones)).view({-1, m_colours - 1, 3});
  const at::Tensor opaque = at::constant_pad_nd(colours, {0, 1}, 1);
  return at::constant_pad_nd(opaque, {0, 0, 1, 0}, -1);  // the first is transparent
}

PaletteMixture HeroDecoder::mixture(const at::Tensor& latent, at::Generator& random) {
  const at::Tensor drawing = latent.narrow(1, 0, m_latent);
  const at::Tensor colours = latent.narrow(1, latent.size(1) - m_latent, m_latent);
  const at::Tensor hidden = at::leaky_relu(run(m_start, drawing), kLeak);
  const std::int64_t side = m_side / (kFold << kHalvings);
  at::Tensor x = unflattenMaps(run(m_spread, hidden), m_width, side);
  x = run(m_choice, through(m_stages, x, random));
  return {.logits = flattenMaps(x).reshape({-1, m_colours}), .palette = paletteOf(colours)};
}

at::Tensor HeroDecoder::forward(const at::Tensor& latent, const at::Tensor& view, at::Generator& random) {
  at::Tensor rows = latent, owner = at::arange(latent.size(0), view.options());
  if (!is_training() && latent.size(0) > 1) {
    const auto [distinct, inverse, counts] = at::unique_consecutive(latent, /*return_inverse=*/true, false, /*dim=*/0);
    rows = distinct;
    owner = inverse;
  }
  const at::Tensor all = likeliest(mixture(rows, random), m_views, m_side);
  return all.index({owner, view}).contiguous(at::MemoryFormat::ChannelsLast);
}

}  // namespace loom
