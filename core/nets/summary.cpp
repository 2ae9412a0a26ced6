#include "core/nets/summary.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <map>

#include "core/nets/layer_trace.h"
#include "core/nets/layers.h"
#include "core/nets/network.h"
#include "core/nets/network_settings.h"

namespace loom {
namespace nn = torch::nn;
namespace {

std::string windowText(const char* kind, std::int64_t kernel, std::int64_t stride) {
  const std::string side = std::to_string(kernel);
  return kind + (" " + side) + "x" + side + (stride == 1 ? "" : " / " + std::to_string(stride));
}

std::string typeOf(const nn::Module& layer) {
  if (const auto* down = layer.as<nn::Conv2d>()) {
    return windowText("convolution", down->weight.size(2), (*down->options.stride())[0]);
  }
  if (const auto* up = layer.as<nn::ConvTranspose2d>()) {
    return windowText("transposed convolution", up->weight.size(2), (*up->options.stride())[0]);
  }
  if (layer.as<UpsampledConvolution>() != nullptr) return "upsampling, convolution 3x3";
  if (layer.as<nn::Linear>() != nullptr) return "linear";
  if (layer.as<nn::Embedding>() != nullptr) return "embedding";
  if (layer.as<nn::BatchNorm2d>() != nullptr || layer.as<nn::BatchNorm1d>() != nullptr) return "BatchNorm";
  if (layer.as<nn::GroupNorm>() != nullptr) return "GroupNorm";
  if (layer.as<CosineScore>() != nullptr) return "pointer";
  if (layer.as<PixelNorm>() != nullptr) return "PixelNorm";
  if (layer.as<NoiseInjection>() != nullptr) return "noise";
  if (layer.as<CentreMask>() != nullptr) return "centre mask";
  if (layer.as<MinibatchDeviation>() != nullptr) return "minibatch deviation";
  return layer.name();
}

/// Multiplications of one row of `in`: each weight once a pixel of the map that the kernel slides over.
std::int64_t multiplyAdds(const nn::Module& layer, const at::Tensor& in, const at::Tensor& out) {
  const auto pixels = [](const at::Tensor& map) { return map.size(2) * map.size(3); };
  if (const auto* down = layer.as<nn::Conv2d>()) return down->weight.numel() * pixels(out);
  if (const auto* up = layer.as<nn::ConvTranspose2d>()) return up->weight.numel() * pixels(in);
  if (const auto* upsampled = layer.as<UpsampledConvolution>()) {
    return upsampled->weight.numel() / 9 * 16 * pixels(in);  // 4 x 4 weights over the small map
  }
  if (const auto* linear = layer.as<nn::Linear>()) return linear->weight.numel();
  return 0;
}

/// Writes down what runs, each layer's parameters once.
class Recorder {
 public:
  explicit Recorder(const nn::Module& network) {
    for (const auto& item : network.named_modules()) m_names[item.value().get()] = item.key();
  }

  void hear(const nn::Module& layer, const at::Tensor& in, const at::Tensor& out) {
    LayerSummary row{.name = m_names[&layer], .type = typeOf(layer), .shape = out.sizes().slice(1).vec()};
    if (m_parameters.emplace(&layer, parameterCount(layer)).second) row.parameters = m_parameters[&layer];
    row.multiplyAdds = multiplyAdds(layer, in, out);
    m_summary.parameters += row.parameters;
    m_summary.multiplyAdds += row.multiplyAdds;
    m_summary.layers.push_back(std::move(row));
  }

  NetworkSummary take() { return std::move(m_summary); }

 private:
  std::map<const nn::Module*, std::string> m_names;
  std::map<const nn::Module*, std::int64_t> m_parameters;  ///< of the layers that have run
  NetworkSummary m_summary;
};

template <class Network, class Run>
NetworkSummary summaryOf(const std::shared_ptr<Network>& network, Run runOnce) {
  const c10::InferenceMode inference;
  network->eval();  // BatchNorm takes a single sprite then, and nothing is drawn
  Recorder recorder(*network);
  {
    const LayerTrace trace([&recorder](const nn::Module& layer, const at::Tensor& in, const at::Tensor& out) {
      recorder.hear(layer, in, out);
    });
    runOnce(*network);
  }
  return recorder.take();
}

/// One character of one colour, seen from one side; all of it is drawn.
void runOnce(TurnaroundNetwork& turnaround, std::int64_t side, std::int64_t views, at::Generator& unused) {
  const IndexedCharacters character{.indices = at::zeros({1, views, side, side}, at::kLong),
                                    .palettes = at::zeros({1, 1, 4}),
                                    .present = at::ones({1, views})};
  at::Tensor seen = at::zeros({1, views});
  seen.select(1, 0).fill_(1);
  const TurnaroundMaps maps = turnaround.forward(painted(character.indices, character.palettes), seen, unused);
  PalettePointer& pointer = turnaround.pointer();
  const at::Tensor all = at::arange(views, at::kLong).unsqueeze(0);
  pointer.logits(maps.queries, all, pointer.keys(character, maps.features, seen));
}

}  // namespace

std::vector<NetworkPart> networkParts(const std::string& network) {
  std::vector<NetworkPart> parts;
  if (networkHasGenerator(network)) parts.push_back(NetworkPart::kGenerator);
  if (networkHasCritic(network)) parts.push_back(NetworkPart::kCritic);
  if (networkHasEncoder(network)) parts.push_back(NetworkPart::kEncoder);
  if (networkHasTurnaround(network)) parts.push_back(NetworkPart::kTurnaround);
  return parts;
}

NetworkSummary summarise(const std::string& network, NetworkPart part, const Json& settings, int views) {
  at::Generator unused = at::detail::createCPUGenerator(0);
  const auto picture = [&settings] {
    const SpriteShape shape = spriteShape(settings);
    return at::zeros({1, shape.channels, shape.size, shape.size});
  };
  switch (part) {
    case NetworkPart::kGenerator:
      return summaryOf(makeGenerator(network, settings, views), [&](GeneratorNetwork& generator) {
        generator.forward(at::zeros({1, positive(settings, "latent")}), at::zeros({1}, at::kLong), unused);
      });
    case NetworkPart::kCritic:
      return summaryOf(makeCritic(network, settings, views),
                       [&](CriticNetwork& critic) { critic.forward(picture(), unused); });
    case NetworkPart::kTurnaround:
      return summaryOf(makeTurnaround(network, settings, views), [&](TurnaroundNetwork& turnaround) {
        runOnce(turnaround, positive(settings, "size"), views, unused);
      });
    case NetworkPart::kEncoder:
      break;
  }
  return summaryOf(makeEncoder(network, settings),
                   [&](EncoderNetwork& encoder) { encoder.forward(picture(), unused); });
}

}  // namespace loom
