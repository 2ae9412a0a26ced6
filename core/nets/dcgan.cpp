#include "core/nets/dcgan.h"

#include <torch/torch.h>

#include "core/base/error.h"

namespace loom {
namespace nn = torch::nn;
namespace {

constexpr int kHalvings = 4;  // strided convolutions between the picture and the smallest map

/// Side of the smallest feature map, size / 16.
std::int64_t smallestSide(const Json& settings) {
  const auto size = settings.at("size").get<std::int64_t>();
  const auto channels = settings.at("channels").get<std::int64_t>();
  if (size < 16 || size > 128 || size % 16 != 0 || channels < 1 || channels > 4) {
    throw Error(
        "no network makes sprites of " + std::to_string(size) + " pixels and " + std::to_string(channels) + " channels",
        "the size must be from 16 to 128 in steps of 16, the channels 3 or 4");
  }
  return size >> kHalvings;
}

std::int64_t positive(const Json& settings, const char* name) {
  const auto value = settings.at(name).get<std::int64_t>();
  if (value < 1 || value > 65536) throw Error(std::string("'") + name + "' cannot be " + std::to_string(value));
  return value;
}

}  // namespace

DcganGenerator::DcganGenerator(const Json& settings, int views) {
  const std::int64_t features = positive(settings, "features");
  std::int64_t in = positive(settings, "latent");
  if (views > 0) {
    const std::int64_t width = positive(settings, "view_embedding");
    m_view = register_module("view", nn::Embedding(views, width));
    in += width;
  }
  m_blocks = register_module("blocks", nn::ModuleList());
  Window window{.kernel = smallestSide(settings), .stride = 1, .padding = 0};
  for (std::int64_t out = 8 * features; out >= features; out /= 2) {
    m_blocks->push_back(std::make_shared<UpBlock>(in, out, window));
    window = {};
    in = out;
  }
  m_picture = register_module(
      "picture",
      nn::ConvTranspose2d(nn::ConvTranspose2dOptions(features, settings.at("channels").get<std::int64_t>(), 4)
                              .stride(2)
                              .padding(1)
                              .bias(false)));
}

at::Tensor DcganGenerator::forward(const at::Tensor& latent, const at::Tensor& view, at::Generator& /*random*/) {
  at::Tensor x = m_view ? at::cat({latent, m_view(view)}, 1) : latent;
  x = x.unsqueeze(-1).unsqueeze(-1);
  for (const auto& block : *m_blocks) x = block->as<UpBlock>()->forward(x);
  return m_picture(x).tanh();
}

DcganCritic::DcganCritic(const Json& settings, int views) {
  const std::int64_t features = positive(settings, "features");
  const double dropout = settings.at("dropout").get<double>();
  const Window last{.kernel = smallestSide(settings), .stride = 1, .padding = 0};
  m_blocks = register_module("blocks", nn::ModuleList());
  std::int64_t in = settings.at("channels").get<std::int64_t>();
  for (int block = 0; block < kHalvings; ++block) {
    const std::int64_t out = features << block;
    m_blocks->push_back(std::make_shared<DownBlock>(
        in, out, DownBlockOptions{.normalise = block != 0, .dropout = block % 2 == 0 ? dropout : 0}));
    in = out;
  }
  m_score = register_module(
      "score", nn::Conv2d(nn::Conv2dOptions(in, 1, last.kernel).stride(last.stride).padding(last.padding).bias(false)));
  if (views > 0) {
    m_viewFeatures =
        register_module("view_features", std::make_shared<DownBlock>(in, features, DownBlockOptions{.window = last}));
    m_view = register_module("view", nn::Linear(features, views));
  }
}

Verdict DcganCritic::forward(const at::Tensor& pictures, at::Generator& random) {
  at::Tensor x = pictures;
  for (const auto& block : *m_blocks) x = block->as<DownBlock>()->forward(x, random);
  Verdict verdict{.score = m_score(x).flatten(), .views = {}};
  if (m_view) verdict.views = m_view(m_viewFeatures->forward(x, random).flatten(1));
  return verdict;
}

}  // namespace loom
