#include "core/nets/turnaround.h"

#include <torch/torch.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/nets/layer_trace.h"
#include "core/nets/network_settings.h"

namespace loom {
namespace nn = torch::nn;
namespace {

constexpr std::int64_t kFold = 2;         // pixels of a side that become channels
constexpr std::int64_t kChannels = 5;     // of a view: red, green, blue, alpha, whether the pixel is shown
constexpr std::int64_t kImages = 2;       // of each view: as it is and mirrored
constexpr std::int64_t kSmallest = 4;     // side of the map that is mixed, or an odd one above it
constexpr std::int64_t kWidest = 4;       // times f
constexpr std::int64_t kMixed = 8;        // numbers that pass between places, times f
constexpr std::int64_t kUsualDepth = 24;  // of queries and keys

std::int64_t sideOf(const Json& settings) {
  const std::int64_t side = positive(settings, "size");
  if (side >= 16 && side <= 128 && side % 8 == 0) return side;
  throw Error("no turnaround draws sprites of " + std::to_string(side) + " pixels",
              "the size must be from 16 to 128 in steps of 8");
}

/// Sides of the maps, from size / 2 down.
std::vector<std::int64_t> sidesOf(std::int64_t size) {
  std::vector<std::int64_t> sides{size / kFold};
  while (sides.back() % 2 == 0 && sides.back() > kSmallest) sides.push_back(sides.back() / 2);
  return sides;
}

/// A block that may halve the map or change its width, then one that adds to what it is given.
class Stage : public nn::Module {
 public:
  Stage(std::int64_t in, std::int64_t out, std::int64_t stride, BlockOptions options) {
    options.window = {.kernel = 3, .stride = stride, .padding = 1};
    m_change = register_module("change", std::make_shared<DownBlock>(in, out, options));
    options.window = keepingWindow(3);
    m_refine = register_module("refine", std::make_shared<DownBlock>(out, out, options));
    m_add = register_module("add", std::make_shared<DownBlock>(out, out, options));
  }

  at::Tensor forward(const at::Tensor& x, at::Generator& random) {
    const at::Tensor changed = m_change->forward(x, random);
    return changed + m_add->forward(m_refine->forward(changed, random), random);
  }

 private:
  std::shared_ptr<DownBlock> m_change, m_refine, m_add;
};

}  // namespace

ViewUnet::ViewUnet(const Json& settings, int views) : m_views(views) {
  const std::int64_t depth = settings.value("key_depth", kUsualDepth);
  if (views < 2) throw Error("a turnaround needs two views or more", "import characters seen from several sides");
  if (depth < 1 || depth > 1024) throw Error("'key_depth' cannot be " + std::to_string(depth));
  const std::vector<std::int64_t> sides = sidesOf(sideOf(settings));
  const std::int64_t features = positive(settings, "features");
  const bool batch = chosen(settings, "normalisation", "batch", "group", "batch");
  const BlockOptions options{.normalisation = batch ? Normalisation::kBatch : Normalisation::kGroup,
                             .slope = kLeak,
                             .scaled = true,
                             .gain = gainAfterRelu(kLeak)};
  const auto width = [features](std::size_t level) {
    return features * std::min(static_cast<std::int64_t>(level) + 1, kWidest);
  };
  m_down = register_module("down", nn::ModuleList());
  const std::int64_t in = kImages * m_views * kChannels * kFold * kFold;
  m_down->push_back(std::make_shared<Stage>(in, width(0), 1, options));
  for (std::size_t level = 1; level < sides.size(); ++level) {
    m_down->push_back(std::make_shared<Stage>(width(level - 1), width(level), 2, options));
  }
  const std::int64_t last = width(sides.size() - 1) * sides.back() * sides.back();
  m_gather = register_module("gather", linear(last, kMixed * features, /*scaled=*/true));
  m_spread = register_module("spread", linear(kMixed * features, last, /*scaled=*/true));
  m_up = register_module("up", nn::ModuleList());
  for (std::size_t level = sides.size() - 1; level-- > 0;) {
    m_up->push_back(std::make_shared<Stage>(width(level + 1) + width(level), width(level), 1, options));
  }
  const std::int64_t out = m_views * depth * kFold * kFold;
  m_query = register_module("query", convolution(features, out, keepingWindow(1), /*bias=*/true, /*scaled=*/true));
  m_feature = register_module("feature", convolution(features, out, keepingWindow(1), /*bias=*/true, /*scaled=*/true));
  m_trust = register_module("trust", convolution(features, kImages * m_views * m_views * kFold * kFold,
                                                 keepingWindow(1), /*bias=*/true, /*scaled=*/true, /*gain=*/0));
  m_pointer = register_module("pointer", std::make_shared<PalettePointer>(depth));
}

TurnaroundMaps ViewUnet::forward(const at::Tensor& pictures, const at::Tensor& shown, at::Generator& random) {
  const at::Tensor mask = shownPixels(shown, pictures.size(4)).unsqueeze(2);
  at::Tensor x = at::cat({at::where(mask.gt(0), pictures, 0), mask}, 2).flatten(1, 2);
  x = at::pixel_unshuffle(at::cat({x, x.flip(-1)}, 1), kFold);
  x = x.contiguous(at::MemoryFormat::ChannelsLast);
  std::vector<at::Tensor> passed;
  for (const auto& stage : *m_down) {
    x = stage->as<Stage>()->forward(x, random);
    passed.push_back(x);
  }
  x = x + mixed(x);
  passed.pop_back();
  for (const auto& stage : *m_up) {
    const at::Tensor& aside = passed.back();
    const at::Tensor enlarged = at::upsample_nearest2d(x, {aside.size(2), aside.size(3)});
    x = stage->as<Stage>()->forward(at::cat({enlarged, aside}, 1), random);
    passed.pop_back();
  }
  return {.queries = unfolded(m_query, x), .features = unfolded(m_feature, x), .trust = unfolded(m_trust, x)};
}

at::Tensor ViewUnet::mixed(const at::Tensor& x) {
  const at::Tensor gathered = at::leaky_relu(run(m_gather, flattenMaps(x)), kLeak);
  return unflattenMaps(run(m_spread, gathered), x.size(1), x.size(2));
}

at::Tensor ViewUnet::unfolded(nn::Conv2d& head, const at::Tensor& x) const {
  return at::pixel_shuffle(run(head, x), kFold).unflatten(1, {m_views, -1});
}

at::Tensor turnedLogits(TurnaroundNetwork& network, const IndexedCharacters& characters, const at::Tensor& shown,
                        const at::Tensor& targets, at::Generator& random) {
  const TurnaroundMaps maps = network.forward(painted(characters.indices, characters.palettes), shown, random);
  PalettePointer& pointer = network.pointer();
  const at::Tensor logits = pointer.logits(maps.queries, targets, pointer.keys(characters, maps.features, shown));
  return SamePlaces::of(characters, shown).addedTo(logits, ofTargets(maps.trust, targets));
}

}  // namespace loom
