#include "core/latent/turnaround.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/image/edit.h"
#include "core/image/indexed_sprites.h"
#include "core/nets/network.h"
#include "core/nets/state.h"
#include "core/training/environment.h"

namespace loom {
namespace {

constexpr const char* kPrefix = "turnaround.";

/// One character as the network sees it, and the colours its palette stands for.
struct Shown {
  IndexedCharacters character;
  at::Tensor seen;     ///< 1 x views
  at::Tensor missing;  ///< 1 x missing views, their indices
  std::vector<Rgba> palette;
  PixelRect area;  ///< what its first sprite fills of the square
};

/// Colours multiplied by alpha, on [-1, 1]: 1 x K x 4.
at::Tensor values(const std::vector<Rgba>& palette) {
  at::Tensor rows = at::empty({1, std::ssize(palette), 4});
  float* value = rows.mutable_data_ptr<float>();
  for (const Rgba& colour : palette) {
    const float alpha = static_cast<float>(colour.a) / 255;
    for (const std::uint8_t part : {colour.r, colour.g, colour.b}) *value++ = static_cast<float>(part) / 255 * alpha;
    *value++ = alpha;
  }
  return rows.mul_(2).sub_(1);
}

at::Tensor asTensor(const std::vector<std::int64_t>& numbers) {
  at::Tensor tensor = at::empty({1, std::ssize(numbers)}, at::kLong);
  std::ranges::copy(numbers, tensor.mutable_data_ptr<std::int64_t>());
  return tensor;
}

Shown shownTo(const Model& model, std::span<const std::optional<Sprite>> views) {
  std::vector<Sprite> sprites;
  std::vector<std::int64_t> seen, missing;
  Shown shown;
  for (std::size_t view = 0; view < views.size(); ++view) {
    (views[view] ? seen : missing).push_back(static_cast<std::int64_t>(view));
    if (!views[view]) continue;
    if (views[view]->empty()) throw Error("there is a sprite without pixels", "leave it out");
    Fitted fitted = fittedTo(*views[view], model.side());
    if (sprites.empty()) shown.area = fitted.area;
    sprites.push_back(std::move(fitted.sprite));
  }
  const IndexedSprites numbers = indexed(sprites);
  const std::int64_t side = model.side(), count = std::ssize(views);
  at::Tensor indices = at::zeros({1, count, side, side}, at::kLong);
  shown.seen = at::zeros({1, count});
  for (std::size_t i = 0; i < seen.size(); ++i) {
    shown.seen[0][seen[i]] = 1;
    auto* target = indices[0][seen[i]].mutable_data_ptr<std::int64_t>();
    std::ranges::copy(numbers.pixels[i], target);
  }
  shown.character = {.indices = indices, .palettes = values(numbers.palette), .present = shown.seen};
  shown.missing = asTensor(missing);
  shown.palette = numbers.palette;
  return shown;
}

/// `colours` side x side: places in the palette; `shares` side x side x K: how likely each of its colours is.
TurnedView turnedView(int view, const at::Tensor& colours, const at::Tensor& shares, const Shown& shown) {
  const auto side = static_cast<int>(colours.size(0));
  const std::int64_t kept = std::min<std::int64_t>(kLikelyColours, shares.size(-1));
  const auto [best, places] = shares.topk(kept, -1);
  const at::Tensor chosen = colours.contiguous(), likeliest = best.contiguous(), which = places.contiguous();
  const at::Tensor sure = shares.gather(-1, colours.unsqueeze(-1)).squeeze(-1).contiguous();
  TurnedView turned{.view = view, .sprite = Sprite(side, side), .confidence = {}, .likely = {}};
  std::span<Rgba> pixels = turned.sprite.pixels();
  const auto* place = chosen.const_data_ptr<std::int64_t>();
  for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = shown.palette[static_cast<std::size_t>(place[i])];
  turned.sprite = cropped(turned.sprite, shown.area);
  for (int y = shown.area.y; y < shown.area.y + shown.area.height; ++y) {
    for (int x = shown.area.x; x < shown.area.x + shown.area.width; ++x) {
      const std::int64_t at = std::int64_t{y} * side + x;
      turned.confidence.push_back(sure.const_data_ptr<float>()[at]);
      auto& likely = turned.likely.emplace_back();
      for (std::int64_t i = 0; i < kept; ++i) {
        const auto colour = static_cast<std::size_t>(which.const_data_ptr<std::int64_t>()[at * kept + i]);
        likely[static_cast<std::size_t>(i)] = {shown.palette[colour], likeliest.const_data_ptr<float>()[at * kept + i]};
      }
    }
  }
  return turned;
}

}  // namespace

bool isTurnaround(const Model& model) {
  return networkHasTurnaround(model.network);
}

struct Turnaround::Impl {
  Impl(std::shared_ptr<const Model> given, int count)
      : model(std::move(given)),
        network(makeTurnaround(model->network, model->settings, static_cast<int>(model->views.size()))),
        threads(std::max(1, count)) {
    loadModule(model->weights, kPrefix, *network);
    network->eval();
  }

  std::vector<TurnedView> missingViews(const Shown& shown, ColourChoice choice) {
    const IndexedCharacters& character = shown.character;
    const TurnaroundMaps maps = network->forward(painted(character.indices, character.palettes), shown.seen, unused);
    const PaletteKeys keys = network->pointer().keys(character, maps.features, shown.seen);
    const at::Tensor logits = network->pointer().logits(maps.queries, shown.missing, keys);
    const at::Tensor colours = chosenColours(logits, character.palettes, keys.worn, choice);
    const at::Tensor shares = logits.softmax(-1);
    std::vector<TurnedView> all;
    for (std::int64_t i = 0; i < shown.missing.size(1); ++i) {
      all.push_back(turnedView(shown.missing[0][i].item<int>(), colours[0][i], shares[0][i], shown));
    }
    return all;
  }

  std::shared_ptr<const Model> model;
  std::shared_ptr<TurnaroundNetwork> network;
  int threads;
  at::Generator unused = at::detail::createCPUGenerator(0);  ///< nothing is drawn in evaluation mode
};

Turnaround::Turnaround(std::shared_ptr<const Model> model, int threads) {
  if (!model || !isTurnaround(*model)) {
    throw Error("the model draws no missing views", "choose a run of the preset 'turnaround'");
  }
  useThreads(threads);
  m_impl = std::make_unique<Impl>(std::move(model), threads);
}

Turnaround::~Turnaround() = default;
Turnaround::Turnaround(Turnaround&&) noexcept = default;
Turnaround& Turnaround::operator=(Turnaround&&) noexcept = default;

const Model& Turnaround::model() const {
  return *m_impl->model;
}

std::vector<TurnedView> Turnaround::missingViews(std::span<const std::optional<Sprite>> views,
                                                 const TurnaroundOptions& options) {
  const Model& model = *m_impl->model;
  if (views.size() != model.views.size()) {
    throw Error("there are " + std::to_string(views.size()) + " views for the model's " +
                std::to_string(model.views.size()));
  }
  const auto seen = std::ranges::count_if(views, [](const auto& view) { return view.has_value(); });
  if (seen == 0) throw Error("no view of the character is there", "give one of them at least");
  if (std::cmp_equal(seen, views.size())) return {};
  const c10::InferenceMode inference;
  useThreads(m_impl->threads);
  std::vector<TurnedView> made = m_impl->missingViews(
      shownTo(model, views), options.likeliest ? ColourChoice::kLikeliest : ColourChoice::kLeastDifference);
  for (const SetPixel& pixel : options.set) {
    const auto view = std::ranges::find(made, pixel.view, &TurnedView::view);
    if (view != made.end() && view->sprite.contains(pixel.x, pixel.y)) {
      view->sprite.at(pixel.x, pixel.y) = pixel.colour;
    }
  }
  return made;
}

}  // namespace loom
