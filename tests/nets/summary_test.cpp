#include "core/nets/summary.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <set>

#include "core/base/error.h"
#include "core/nets/network.h"

namespace loom {
namespace {

constexpr int kViews = 4;

Json settings(const Json& changes = Json::object()) {
  Json all = {{"size", 32},          {"channels", 3}, {"features", 4}, {"latent", 6},
              {"view_embedding", 3}, {"dropout", .2}, {"colours", 5}};
  all.update(changes);
  return all;
}

std::int64_t parametersOf(const std::string& network, NetworkPart part, const Json& given) {
  switch (part) {
    case NetworkPart::kGenerator:
      return parameterCount(*makeGenerator(network, given, kViews));
    case NetworkPart::kCritic:
      return parameterCount(*makeCritic(network, given, kViews));
    case NetworkPart::kTurnaround:
      return parameterCount(*makeTurnaround(network, given, kViews));
    case NetworkPart::kEncoder:
      break;
  }
  return parameterCount(*makeEncoder(network, given));
}

TEST(Summary, AccountsForEveryParameterOfEveryNetwork) {
  const std::vector<Json> variants{
      Json::object(),
      {{"kernel", 5}, {"critic_norm", "none"}, {"spatial_score", true}},
      {{"residual", false}, {"pixel_norm", false}, {"upsampling", "transposed"}, {"normalisation", "group"}}};
  for (const std::string& network : networkNames()) {
    for (const NetworkPart part : networkParts(network)) {
      for (const Json& variant : variants) {
        SCOPED_TRACE(network + " " + std::to_string(static_cast<int>(part)) + " " + variant.dump());
        const NetworkSummary summary = summarise(network, part, settings(variant), kViews);
        EXPECT_EQ(summary.parameters, parametersOf(network, part, settings(variant)));
        std::int64_t parameters = 0, multiplyAdds = 0;
        std::set<std::string> names;
        for (const LayerSummary& layer : summary.layers) {
          parameters += layer.parameters;
          multiplyAdds += layer.multiplyAdds;
          EXPECT_FALSE(layer.name.empty());
          EXPECT_TRUE(names.insert(layer.name).second) << layer.name << " is there twice";
          EXPECT_EQ(layer.type.find("::"), std::string::npos) << layer.type << " is no name for people";
        }
        EXPECT_EQ(parameters, summary.parameters);
        EXPECT_EQ(multiplyAdds, summary.multiplyAdds);
        EXPECT_GT(multiplyAdds, 0);
      }
    }
  }
}

TEST(Summary, NamesPartsThatThereAre) {
  using enum NetworkPart;
  EXPECT_EQ(networkParts("dcgan"), (std::vector{kGenerator, kCritic, kEncoder}));
  EXPECT_EQ(networkParts("convolutional-vae"), (std::vector{kGenerator, kEncoder}));
  EXPECT_EQ(networkParts("turnaround"), std::vector{kTurnaround});
  EXPECT_THROW(networkParts("gan"), Error);
  EXPECT_THROW(summarise("convolutional-vae", kCritic, settings(), 0), Error);
}

TEST(Summary, SaysWhatADcganIs) {
  const Json published{{"size", 64}, {"channels", 3}, {"features", 64}, {"latent", 100}, {"dropout", 0}};
  const NetworkSummary summary = summarise("dcgan", NetworkPart::kGenerator, published, 0);
  ASSERT_EQ(summary.layers.size(), 9U);
  EXPECT_EQ(summary.layers[0].name, "blocks.0.convolution");
  EXPECT_EQ(summary.layers[0].type, "transposed convolution 4x4");
  EXPECT_EQ(summary.layers[0].shape, (std::vector<std::int64_t>{512, 4, 4}));
  EXPECT_EQ(summary.layers[1].type, "BatchNorm");
  EXPECT_EQ(summary.layers[1].parameters, 1024);
  EXPECT_EQ(summary.layers[2].type, "transposed convolution 4x4 / 2");
  EXPECT_EQ(summary.layers[8].name, "picture");
  EXPECT_EQ(summary.layers[8].shape, (std::vector<std::int64_t>{3, 64, 64}));
  // Every weight meets every pixel of the map it starts from: 1, 16, 64, 256, 1024 of them.
  const std::int64_t taps = 16;
  EXPECT_EQ(summary.multiplyAdds,
            taps * (100 * 512 + 512 * 256 * 16 + 256 * 128 * 64 + 128 * 64 * 256 + 64 * 3 * 1024));
}

TEST(Summary, CountsACriticByThePixelsItGives) {
  const Json published{{"size", 64}, {"channels", 3}, {"features", 64}, {"latent", 100}, {"dropout", .2}};
  const NetworkSummary summary = summarise("dcgan", NetworkPart::kCritic, published, 0);
  const std::int64_t taps = 16;
  EXPECT_EQ(summary.multiplyAdds, taps * (3 * 64 * 1024 + 64 * 128 * 256 + 128 * 256 * 64 + 256 * 512 * 16 + 512));
}

TEST(Summary, TellsTheNetworkTheView) {
  const NetworkSummary summary = summarise("conditional-dcgan", NetworkPart::kGenerator, settings(), kViews);
  EXPECT_EQ(summary.layers[0].type, "embedding");
  EXPECT_EQ(summary.layers[0].shape, (std::vector<std::int64_t>{3}));
  EXPECT_EQ(summary.layers[0].parameters, 12);
}

TEST(Summary, ShowsTheLayersOfOurOwn) {
  std::set<std::string> types;
  for (const NetworkPart part : networkParts("residual")) {
    for (const LayerSummary& layer : summarise("residual", part, settings(), 0).layers) types.insert(layer.type);
  }
  EXPECT_EQ(types, (std::set<std::string>{"PixelNorm", "centre mask", "convolution 1x1", "convolution 3x3",
                                          "convolution 4x4 / 2", "linear", "minibatch deviation", "noise",
                                          "upsampling, convolution 3x3"}));
}

}  // namespace
}  // namespace loom
