#include "core/evaluate/own_features.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <array>
#include <vector>

#include "core/base/error.h"
#include "core/nets/blocks.h"
#include "core/project/view.h"
#include "core/training/adam.h"
#include "core/training/pixels.h"

namespace loom {
namespace {

constexpr std::array<std::int64_t, 4> kWidths = {16, 32, 64, 128};
constexpr std::int64_t kCompared = 64;  // numbers that the loss compares
constexpr double kTemperature = .1;
constexpr std::uint64_t kChangeStream = 1;

AugmentOptions changesFor(std::int64_t side) {
  return {.shift = static_cast<int>(side / 16), .brightness = .1, .contrast = .1, .saturation = .1, .hue = .02};
}

/// N x 4 x S x S in [-1, 1], every one moved and recoloured in its own way.
at::Tensor changed(const at::Tensor& pictures, Augmenter& augmenter) {
  std::vector<Augmentation> changes;
  for (std::int64_t i = 0; i < pictures.size(0); ++i) changes.push_back(augmenter.next(0));
  const at::Tensor values = moved(pictures.add(1).div_(2).permute({0, 2, 3, 1}), changes).permute({0, 3, 1, 2});
  const at::Tensor alpha = values.narrow(1, 3, 1);
  // Light and contrast may lift colours that are multiplied by alpha above it, where no sprite can be.
  const at::Tensor colours = at::minimum(recoloured(values.narrow(1, 0, 3), alpha, changes), alpha);
  return at::cat({colours, alpha}, 1).mul_(2).sub_(1);
}

/// Of two N x D codes, rows of length 1, row i of each showing the same sprite: the mean cross-entropy of finding a
/// sprite's other version among all (InfoNCE), both ways.
at::Tensor contrast(const at::Tensor& first, const at::Tensor& second) {
  const at::Tensor likeness = first.mm(second.t()) / kTemperature;
  const at::Tensor own = at::arange(first.size(0), at::kLong);
  return (at::cross_entropy_loss(likeness, own) + at::cross_entropy_loss(likeness.t(), own)) / 2;
}

}  // namespace

struct OwnFeatures::Network : torch::nn::Module {
  explicit Network(const at::Generator& random) : unused(random) {
    std::int64_t in = 6;
    for (const std::int64_t width : kWidths) {
      const BlockOptions options{.slope = kLeak, .scaled = true, .gain = gainAfterRelu(kLeak)};
      blocks.push_back(
          register_module("block" + std::to_string(width), std::make_shared<DownBlock>(in, width, options)));
      in = width;
    }
    head = register_module("head", linear(in, kCompared, /*scaled=*/true));
  }

  at::Tensor features(const at::Tensor& pictures) {
    at::Tensor maps = overTwoGrounds(pictures);
    for (const auto& block : blocks) maps = block->forward(maps, unused);
    return maps.mean({2, 3});
  }
  at::Tensor code(const at::Tensor& pictures) {
    return torch::nn::functional::normalize(head->forward(features(pictures)));
  }

  at::Generator unused;  ///< nothing is dropped out here
  std::vector<std::shared_ptr<DownBlock>> blocks;
  torch::nn::Linear head{nullptr};
};

OwnFeatures::OwnFeatures(const at::Tensor& sprites, const OwnFeaturesOptions& options, JobMonitor& monitor) {
  const std::int64_t batch = std::min(options.batch, sprites.size(0));
  if (batch < 2) throw Error("features cannot be learnt from a single sprite", "import more sprites");
  const torch::AutoGradMode learning(true);
  at::Generator random = at::detail::createCPUGenerator(options.seed);
  m_network = std::make_shared<Network>(random);
  initialiseWeights(*m_network, random);
  useChannelsLast(*m_network);
  Adam adam(*m_network, {});
  Augmenter augmenter(changesFor(sprites.size(2)), {std::string(kAnyView)}, RandomStream(options.seed, kChangeStream));
  monitor.begin("Learning what the sprites differ by", options.steps);
  for (int step = 0; step < options.steps; ++step) {
    const at::Tensor chosen =
        sprites.index_select(0, at::randperm(sprites.size(0), random, at::kLong).narrow(0, 0, batch));
    // Both versions in one pass, so that they are normalised alike.
    const at::Tensor code = m_network->code(at::cat({changed(chosen, augmenter), changed(chosen, augmenter)}));
    adam.clearGradients();
    contrast(code.narrow(0, 0, batch), code.narrow(0, batch, batch)).backward();
    adam.step();
    monitor.advance(step + 1);
  }
  m_network->eval();
}

OwnFeatures::~OwnFeatures() = default;

at::Tensor OwnFeatures::embed(const at::Tensor& pictures) {
  return m_network->features(pictures);
}

}  // namespace loom
