#include "core/nets/residual.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>

#include "core/nets/layer_trace.h"
#include "core/nets/network_settings.h"

namespace loom {
namespace nn = torch::nn;
namespace {

constexpr int kDoublings = 4;  // between the smallest map and the picture

/// Feature maps after `doublings` of the side of the smallest map.
std::int64_t widthAt(const Json& settings, int doublings) {
  const std::int64_t wide = positive(settings, "features") * 4;
  return std::clamp<std::int64_t>(wide >> doublings, 4, 512);
}

/// Both ends of a residual block are added up: each brings half of the variance.
double half(double gain) {
  return gain * std::sqrt(.5);
}

BlockOptions plainBlock(bool scaled, double gain) {
  return {.normalisation = Normalisation::kNone, .slope = kLeak, .bias = true, .scaled = scaled, .gain = gain};
}

/// One doubling of the generator.
class RisingBlock : public Block {
 public:
  RisingBlock(std::int64_t in, std::int64_t out, const BlockOptions& options, bool residual) : Block(options) {
    m_up = register_module("up", std::make_shared<UpBlock>(in, out, options));
    if (!residual) return;
    BlockOptions refine = plainBlock(options.scaled, half(gainAfterRelu(kLeak)));
    refine.window = keepingWindow(3);
    m_refine = register_module("refine", std::make_shared<DownBlock>(out, out, refine));
    m_skip = register_module("skip", convolution(in, out, keepingWindow(1), /*bias=*/false, options.scaled, half(1)));
  }

  at::Tensor forward(const at::Tensor& x, at::Generator& random) override {
    const at::Tensor y = m_up->forward(x, random);
    return m_skip ? addEnlarged(m_refine->forward(y, random), run(m_skip, x)) : y;
  }

 private:
  std::shared_ptr<UpBlock> m_up;
  std::shared_ptr<DownBlock> m_refine;
  nn::Conv2d m_skip{nullptr};
};

/// One halving of the critic.
class FallingBlock : public Block {
 public:
  /// `maskSide` is the side of the smaller map; 0 leaves the mask out.
  FallingBlock(std::int64_t in, std::int64_t out, const BlockOptions& options, bool residual, std::int64_t maskSide)
      : Block(options) {
    BlockOptions down = options;
    if (residual) {
      BlockOptions refine = options;
      refine.window = keepingWindow(3);
      m_refine = register_module("refine", std::make_shared<DownBlock>(in, in, refine));
      down.dropout = 0;
      down.gain = half(options.gain);
    }
    m_down = register_module("down", std::make_shared<DownBlock>(in, out, down));
    if (residual) {
      m_skip = register_module("skip", convolution(in, out, keepingWindow(1), /*bias=*/false, options.scaled, half(1)));
    }
    if (maskSide > 0) m_mask = register_module("mask", std::make_shared<CentreMask>(maskSide));
  }

  at::Tensor forward(const at::Tensor& x, at::Generator& random) override {
    const at::Tensor y = m_down->forward(m_refine ? m_refine->forward(x, random) : x, random);
    if (!m_skip) return m_mask ? y * m_mask->forward(y) : y;
    const at::Tensor skip = run(m_skip, at::avg_pool2d(x, 2));
    return m_mask ? at::addcmul(skip, y, m_mask->forward(y)) : skip + y;
  }

 private:
  std::shared_ptr<DownBlock> m_refine;
  std::shared_ptr<DownBlock> m_down;
  nn::Conv2d m_skip{nullptr};
  std::shared_ptr<CentreMask> m_mask;
};

}  // namespace

ResidualGenerator::ResidualGenerator(const Json& settings) {
  const SpriteShape shape = spriteShape(settings);
  const bool scaled = settings.value("scaled_init", true);
  m_side = shape.size >> kDoublings;
  m_width = widthAt(settings, 0);
  m_start = register_module("start", linear(positive(settings, "latent"), m_width * m_side * m_side, scaled));
  m_blocks = register_module("blocks", nn::ModuleList());
  BlockOptions options = plainBlock(scaled, gainAfterRelu(kLeak));
  options.bias = settings.value("pixel_norm", true);
  options.normalisation = options.bias ? Normalisation::kPixel : Normalisation::kBatch;
  options.dropout = share(settings, "generator_dropout");
  options.nearest = chosen(settings, "upsampling", "nearest", "transposed", "nearest");
  for (int block = 0; block < kDoublings; ++block) {
    if (settings.value("noise", true)) options.noiseSide = m_side << (block + 1);
    m_blocks->push_back(std::make_shared<RisingBlock>(widthAt(settings, block), widthAt(settings, block + 1), options,
                                                      settings.value("residual", true)));
  }
  m_picture = register_module(
      "picture", convolution(widthAt(settings, kDoublings), shape.channels, keepingWindow(1), /*bias=*/true, scaled));
}

at::Tensor ResidualGenerator::forward(const at::Tensor& latent, const at::Tensor& /*view*/, at::Generator& random) {
  at::Tensor x = unflattenMaps(at::leaky_relu(run(m_start, latent), kLeak), m_width, m_side);
  for (const auto& block : *m_blocks) x = block->as<Block>()->forward(x, random);
  return squashed(run(m_picture, x));
}

ResidualCritic::ResidualCritic(const Json& settings) {
  const SpriteShape shape = spriteShape(settings);
  const bool scaled = settings.value("scaled_init", true);
  const double dropout = share(settings, "dropout");
  const auto width = [&settings](int halvings) { return widthAt(settings, kDoublings - halvings); };
  m_stem = register_module("stem", std::make_shared<DownBlock>(shape.channels, width(1), plainBlock(scaled, 1)));
  m_blocks = register_module("blocks", nn::ModuleList());
  BlockOptions options = plainBlock(scaled, gainAfterRelu(kLeak));
  const BlockOptions last = [&] {
    BlockOptions keeping = options;
    keeping.window = keepingWindow(3);
    return keeping;
  }();
  options.bias = chosen(settings, "critic_norm", "none", "batch", "none");
  if (!options.bias) options.normalisation = Normalisation::kBatch;
  for (int block = 1; block < kDoublings; ++block) {
    options.dropout = block <= 2 ? dropout : 0;
    m_blocks->push_back(
        std::make_shared<FallingBlock>(width(block), width(block + 1), options, settings.value("residual", true),
                                       settings.value("centre_mask", true) ? shape.size >> (block + 1) : 0));
  }
  const std::int64_t wide = width(kDoublings), side = shape.size >> kDoublings;
  const bool minibatch = settings.value("minibatch", true);
  if (minibatch) m_minibatch = register_module("minibatch", std::make_shared<MinibatchDeviation>());
  m_last = register_module("last", std::make_shared<DownBlock>(wide + (minibatch ? 1 : 0), wide, last));
  if (!settings.value("spatial_score", false)) {
    m_score = register_module("score", linear(wide * side * side, 1, scaled));
    return;
  }
  m_scores = register_module("scores", nn::ModuleList());
  for (int head = 2; head <= kDoublings + 1; ++head) {
    m_scores->push_back(convolution(width(std::min(head, kDoublings)), 1, keepingWindow(1), /*bias=*/true, scaled));
  }
}

Verdict ResidualCritic::forward(const at::Tensor& pictures, at::Generator& random) {
  std::vector<at::Tensor> features;
  at::Tensor x = m_stem->forward(pictures, random);
  for (const auto& block : *m_blocks) {
    x = block->as<Block>()->forward(x, random);
    if (m_scores) features.push_back(x);
  }
  x = m_last->forward(m_minibatch ? m_minibatch->forward(x) : x, random);
  if (!m_scores) return {.score = run(m_score, flattenMaps(x)).flatten(), .views = {}};
  features.push_back(x);
  return {.score = scoreMap(std::move(features)), .views = {}};
}

at::Tensor ResidualCritic::scoreMap(std::vector<at::Tensor> features) {
  at::Tensor sum;
  for (std::size_t head = features.size(); head-- > 0;) {
    auto* convolution = m_scores->ptr(head)->as<nn::Conv2d>();
    const at::Tensor score = convolution->forward(features[head]);
    LayerTrace::ran(*convolution, features[head], score);
    if (!sum.defined()) {
      sum = score;
    } else {
      sum = sum.size(2) == score.size(2) ? score + sum : addEnlarged(score, sum);
    }
  }
  return sum.squeeze(1);
}

}  // namespace loom
