#include "core/latent/turnaround.h"

#include <ATen/CPUGeneratorImpl.h>
#include <torch/torch.h>

#include <algorithm>
#include <string>
#include <utility>

#include "core/base/error.h"
#include "core/dataset/character_views.h"
#include "core/image/edit.h"
#include "core/image/indexed_sprites.h"
#include "core/nets/network.h"
#include "core/nets/state.h"
#include "core/nets/turnaround.h"
#include "core/training/environment.h"

namespace loom {
namespace {

constexpr const char* kPrefix = "turnaround.";

/// One character as the network sees it, and the colours its palette stands for.
struct Shown {
  IndexedCharacters character;
  at::Tensor pixels;   ///< 1 x views x side x side: 1 where something is shown
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

Rgba withoutHiddenColour(Rgba colour) {
  return colour.a == 0 ? Rgba{} : colour;
}

/// Adds the pixels that are set to what is shown, and to the palette their colours.
void show(std::span<const SetPixel> set, std::span<const std::optional<Sprite>> views, Shown& shown) {
  const std::int64_t side = shown.pixels.size(2);
  auto* places = shown.character.indices.mutable_data_ptr<std::int64_t>();
  auto* told = shown.pixels.mutable_data_ptr<float>();
  for (const SetPixel& pixel : set) {
    const bool inside = pixel.x >= 0 && pixel.y >= 0 && pixel.x < shown.area.width && pixel.y < shown.area.height;
    if (pixel.view < 0 || std::cmp_greater_equal(pixel.view, views.size()) || !inside) continue;
    if (views[static_cast<std::size_t>(pixel.view)]) continue;
    const Rgba colour = withoutHiddenColour(pixel.colour);
    const auto found = std::ranges::find(shown.palette, colour);
    const std::int64_t place = found - shown.palette.begin();
    if (found == shown.palette.end()) shown.palette.push_back(colour);
    const std::int64_t at = (pixel.view * side + shown.area.y + pixel.y) * side + shown.area.x + pixel.x;
    places[at] = place;
    told[at] = 1;
  }
}

Shown shownTo(const Model& model, std::span<const std::optional<Sprite>> views, std::span<const SetPixel> set) {
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
  at::Tensor present = at::zeros({1, count});
  for (std::size_t i = 0; i < seen.size(); ++i) {
    present[0][seen[i]] = 1;
    auto* target = indices[0][seen[i]].mutable_data_ptr<std::int64_t>();
    std::ranges::copy(numbers.pixels[i], target);
  }
  shown.character = {.indices = indices, .palettes = {}, .present = present};
  shown.pixels = shownPixels(present, side).clone();
  shown.missing = asTensor(missing);
  shown.palette = numbers.palette;
  show(set, views, shown);
  shown.character.palettes = values(shown.palette);
  return shown;
}

/// How likely each colour of the palette is in each pixel, side x side x colours; what is set is certain.
at::Tensor sharesOf(const at::Tensor& logits, int view, const Shown& shown) {
  const at::Tensor set = shown.pixels[0][view].unsqueeze(-1);
  const at::Tensor certain = at::one_hot(shown.character.indices[0][view], logits.size(-1));
  return at::where(set.gt(0), certain.to(at::kFloat), logits.softmax(-1));
}

/// `places` side x side x N, places in the palette, and `shares` how likely each is: those of the made sprite's pixels.
template <typename Take>
void eachPixel(const at::Tensor& places, const at::Tensor& shares, const PixelRect& area, const Take& take) {
  const at::Tensor part = places.narrow(0, area.y, area.height).narrow(1, area.x, area.width).contiguous();
  const at::Tensor likely = shares.narrow(0, area.y, area.height).narrow(1, area.x, area.width).contiguous();
  const std::int64_t each = part.size(2);
  const auto* place = part.const_data_ptr<std::int64_t>();
  const float* share = likely.const_data_ptr<float>();
  for (std::int64_t i = 0; i < part.size(0) * part.size(1); ++i) take(i, place + i * each, share + i * each);
}

/// `chosen` side x side: places in the palette; `shares` as sharesOf gives them.
TurnedView turnedView(int view, const at::Tensor& chosen, const at::Tensor& shares, const Shown& shown) {
  const PixelRect& area = shown.area;
  const auto count = static_cast<std::size_t>(area.width) * static_cast<std::size_t>(area.height);
  const auto colour = [&shown](std::int64_t place) { return shown.palette[static_cast<std::size_t>(place)]; };
  TurnedView turned{
      .view = view, .sprite = Sprite(area.width, area.height), .confidence = std::vector<float>(count), .likely = {}};
  turned.likely.resize(count);
  const at::Tensor set = shown.pixels[0][view].gt(0);
  const at::Tensor places = at::where(set, shown.character.indices[0][view], chosen).unsqueeze(-1);
  eachPixel(places, shares.gather(-1, places), area,
            [&](std::int64_t i, const std::int64_t* place, const float* share) {
              turned.sprite.pixels()[static_cast<std::size_t>(i)] = colour(*place);
              turned.confidence[static_cast<std::size_t>(i)] = *share;
            });
  const std::int64_t most = std::min<std::int64_t>(kLikelyColours, shares.size(-1));
  const auto [top, order] = shares.topk(most, -1);
  eachPixel(order, top, area, [&](std::int64_t i, const std::int64_t* place, const float* share) {
    auto& likely = turned.likely[static_cast<std::size_t>(i)];
    for (std::int64_t k = 0; k < most; ++k) likely[static_cast<std::size_t>(k)] = {colour(place[k]), share[k]};
  });
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
    const std::vector<std::int64_t> places = mirroredPlaces(model->views);
    if (!places.empty()) opposite = asTensor(places).squeeze(0);
    loadModule(model->weights, kPrefix, *network);
    network->eval();
  }

  /// The logits of N characters' views `targets` (N x T): N x T x side x side x colours.
  at::Tensor logitsOf(const IndexedCharacters& characters, const at::Tensor& shown, const at::Tensor& targets) {
    return turnedLogits(*network, characters, shown, targets, unused);
  }

  /// Logarithms of the mean of what the model finds of the character and of its mirror image.
  at::Tensor logitsOfBoth(const Shown& shown) {
    const IndexedCharacters& character = shown.character;
    const auto withMirror = [this](const at::Tensor& perView) {
      return at::cat({perView, perView.index_select(1, opposite).flip(-1)});
    };
    const IndexedCharacters both{.indices = withMirror(character.indices),
                                 .palettes = character.palettes.expand({2, -1, -1}),
                                 .present = at::cat({character.present, character.present.index_select(1, opposite)})};
    const at::Tensor targets = at::cat({shown.missing, opposite.index_select(0, shown.missing[0]).unsqueeze(0)});
    const at::Tensor shares = logitsOf(both, withMirror(shown.pixels), targets).softmax(-1);
    return ((shares.narrow(0, 0, 1) + shares.narrow(0, 1, 1).flip(-2)) / 2).log();
  }

  std::vector<TurnedView> missingViews(const Shown& shown, const TurnaroundOptions& options) {
    const IndexedCharacters& character = shown.character;
    const at::Tensor logits =
        options.mirrored && opposite.defined() ? logitsOfBoth(shown) : logitsOf(character, shown.pixels, shown.missing);
    const at::Tensor worn = timesWorn(character.indices, shown.pixels, character.palettes.size(1));
    const at::Tensor colours =
        chosenColours(logits, character.palettes, worn,
                      options.likeliest ? ColourChoice::kLikeliest : ColourChoice::kLeastDifference);
    std::vector<TurnedView> all;
    for (std::int64_t i = 0; i < shown.missing.size(1); ++i) {
      const int view = shown.missing[0][i].item<int>();
      all.push_back(turnedView(view, colours[0][i], sharesOf(logits[0][i], view, shown), shown));
    }
    return all;
  }

  std::shared_ptr<const Model> model;
  std::shared_ptr<TurnaroundNetwork> network;
  at::Tensor opposite;  ///< by view, its mirror image's; undefined where one has none
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
  return m_impl->missingViews(shownTo(model, views, options.set), options);
}

}  // namespace loom
