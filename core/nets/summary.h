// What a network consists of, in plain numbers: layers, shapes, parameters, multiplications.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/settings.h"

namespace loom {

enum class NetworkPart { kGenerator, kCritic, kEncoder, kTurnaround };

struct LayerSummary {
  std::string name;                 ///< as in a weight file: "blocks.0.convolution"
  std::string type;                 ///< for people: "transposed convolution 4x4 / 2", "BatchNorm", "linear"
  std::vector<std::int64_t> shape;  ///< of what it gives, for one sprite: channels, height, width, or a row's length
  std::int64_t parameters = 0;      ///< trainable numbers
  std::int64_t multiplyAdds = 0;    ///< for one sprite, of convolutions and linear layers
};

struct NetworkSummary {
  std::vector<LayerSummary> layers;  ///< in the order in which they run
  std::int64_t parameters = 0;
  std::int64_t multiplyAdds = 0;
};

/// The parts a network has. Throws Error for an unknown network.
std::vector<NetworkPart> networkParts(const std::string& network);
/// Builds the part and runs one sprite through it. Activations and dropout, which have no name, are not listed. Throws
/// Error as makeGenerator does.
NetworkSummary summarise(const std::string& network, NetworkPart part, const Json& settings, int views);

}  // namespace loom
