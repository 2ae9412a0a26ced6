#include "core/training/turnaround_recipe.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/nets/state.h"
#include "core/nets/turnaround.h"
#include "core/training/evaluating.h"
#include "core/training/seen_views.h"

namespace loom {
namespace {

constexpr std::int64_t kAtOnce = 8;  // characters in one evaluation: every colour of every pixel has a number
constexpr const char* kPrefix = "turnaround.";
constexpr const char* kRaw = "raw.turnaround.";

enum Metric : std::size_t { kLoss, kAccuracy };
constexpr std::array<const char*, 2> kNames{"loss", "accuracy"};
constexpr std::array<std::size_t, 2> kReported{kLoss, kAccuracy};

IndexedCharacters part(const IndexedCharacters& all, std::int64_t first) {
  const std::int64_t count = std::min(kAtOnce, all.indices.size(0) - first);
  return {.indices = all.indices.narrow(0, first, count),
          .palettes = all.palettes.narrow(0, first, count),
          .present = all.present.narrow(0, first, count)};
}

/// Each hidden view by itself, as a character with that view alone, and of that every other row of pixels: a pixel says
/// much the same as the one below it, and deciding pixels costs as much as the network does.
struct HiddenViews {
  IndexedCharacters characters;
  at::Tensor queries, trust, targets;
  PaletteKeys keys;
  SamePlaces places;
};

HiddenViews hiddenViews(const IndexedCharacters& all, const at::Tensor& hidden, std::int64_t firstRow,
                        const TurnaroundMaps& maps, const PaletteKeys& keys, const SamePlaces& stands) {
  const at::Tensor places = onDevice(hidden.flatten().nonzero().squeeze(1), maps.queries.device());
  const at::Tensor whose = places.div(hidden.size(1), "floor");
  const auto view = [&](const at::Tensor& perView) {
    return perView.flatten(0, 1).index_select(0, places).unsqueeze(1);
  };
  const auto rows = [&](const at::Tensor& each) { return each.slice(-2, firstRow, std::nullopt, 2); };
  const auto character = [&whose](const at::Tensor& each) { return each.index_select(0, whose); };
  return {.characters = {.indices = view(rows(all.indices)),
                         .palettes = character(all.palettes),
                         .present = view(all.present)},
          .queries = view(rows(maps.queries)),
          .trust = view(rows(maps.trust)),
          .targets = at::zeros({places.size(0), 1}, places.options()),
          .keys = {.keys = character(keys.keys), .bias = character(keys.bias), .worn = character(keys.worn)},
          .places = {.colours = character(rows(stands.colours)), .shown = character(rows(stands.shown))}};
}

/// N x V as N x V x 1 x 1 x 1, to weigh pictures by view.
at::Tensor byView(const at::Tensor& weights) {
  return weights.view({weights.size(0), weights.size(1), 1, 1, 1});
}

}  // namespace

TurnaroundRecipe::TurnaroundRecipe(const Preset& preset, const Json& settings, int views,
                                   const Environment& environment, RandomSources random)
    : m_environment(environment),
      m_random(std::move(random)),
      m_learner([&] { return makeTurnaround(preset.network, settings, views); }, settings, environment.device,
                m_random.host, kPrefix, kRaw) {}

std::vector<std::string> TurnaroundRecipe::metricNames() {
  return {kNames.begin(), kNames.end()};
}

void TurnaroundRecipe::setRateFactor(double factor) {
  m_learner.setRateFactor(factor);
}

std::vector<float> TurnaroundRecipe::step(const std::function<Batch()>& nextBatch) {
  MetricSums metrics(kNames.size());
  m_learner.step([&] { return train(nextBatch(), metrics); });
  return metrics.means(kReported);
}

at::Tensor TurnaroundRecipe::train(const Batch& batch, MetricSums& metrics) {
  const IndexedCharacters& characters = batch.characters;
  const std::int64_t size = characters.indices.size(3);
  const at::Tensor present = characters.present.cpu();
  const at::Tensor seen = drawSeenViews(present, m_random.host), hidden = present - seen;
  const at::Tensor shown =
      onDevice(shownPixels(seen, size) + drawHints(hidden, size, m_random.host), m_environment.device);
  TurnaroundMaps maps;
  {
    const Autocast autocast(m_environment);
    maps = network().forward(painted(characters.indices, characters.palettes), shown, m_random.device);
  }
  const PaletteKeys keys = network().pointer().keys(characters, maps.features, shown);
  const std::int64_t firstRow = at::randint(2, {1}, m_random.host, at::kLong).item<std::int64_t>();
  const HiddenViews views = hiddenViews(characters, hidden, firstRow, maps, keys, SamePlaces::of(characters, shown));
  const at::Tensor logits =
      views.places.addedTo(network().pointer().logits(views.queries, views.targets, views.keys), views.trust);
  const at::Tensor wanted = rightColours(views.characters, views.targets, views.keys.worn);
  const at::Tensor loss = pointerLoss(logits, wanted);
  metrics.add(kLoss, loss);
  metrics.add(kAccuracy, logits.detach().argmax(-1).eq(wanted).to(at::kFloat).mean());
  return loss;
}

/// All views as the network makes them, also those that it sees: N x V x 4 x S x S in [-1, 1].
at::Tensor TurnaroundRecipe::viewsOf(const IndexedCharacters& characters, const at::Tensor& seen) {
  const std::int64_t count = seen.size(0), views = seen.size(1);
  const at::Tensor all = at::arange(views, characters.indices.options()).expand({count, -1});
  const at::Tensor logits = turnedLogits(drawing(), characters, seen, all, m_random.device);
  const at::Tensor worn = timesWorn(characters.indices, seen, characters.palettes.size(1));
  return painted(chosenColours(logits, characters.palettes, worn, ColourChoice::kLeastDifference), characters.palettes);
}

std::optional<double> TurnaroundRecipe::lossOn(const Batch& batch) {
  const Evaluating evaluating(drawing());
  const at::Tensor seen = oneSeenView(batch.characters.present);
  const at::Tensor missing = byView(batch.characters.present - seen);
  double sum = 0;
  for (std::int64_t first = 0; first < seen.size(0); first += kAtOnce) {
    const IndexedCharacters characters = part(batch.characters, first);
    const std::int64_t count = characters.indices.size(0);
    const at::Tensor made = viewsOf(characters, seen.narrow(0, first, count));
    const at::Tensor apart = (made - painted(characters.indices, characters.palettes)).abs();
    sum += (apart.mean({2, 3, 4}, /*keepdim=*/true) * missing.narrow(0, first, count)).sum().item<double>();
  }
  return sum / missing.sum().item<double>();
}

at::Tensor TurnaroundRecipe::turned(const Batch& batch) {
  const Evaluating evaluating(drawing());
  const IndexedCharacters& characters = batch.characters;
  const at::Tensor seen = oneSeenView(characters.present);
  const at::Tensor missing = byView(characters.present - seen);
  const at::Tensor truth = painted(characters.indices, characters.palettes);
  std::vector<at::Tensor> made;
  for (std::int64_t first = 0; first < seen.size(0); first += kAtOnce) {
    const IndexedCharacters some = part(characters, first);
    made.push_back(viewsOf(some, seen.narrow(0, first, some.indices.size(0))));
  }
  const auto unlessMissing = [&missing](const at::Tensor& pictures) { return at::where(missing.gt(0), pictures, -1); };
  const at::Tensor drawn = unlessMissing(at::cat(made)), wanted = unlessMissing(truth);
  std::vector<at::Tensor> rows{(truth + 1).mul(byView(seen)).sum(1) - 1};
  for (std::int64_t view = 0; view < seen.size(1); ++view) {
    rows.push_back(drawn.select(1, view));
    rows.push_back(wanted.select(1, view));
  }
  return at::cat(rows);
}

at::Tensor TurnaroundRecipe::draw(const at::Tensor& /*latents*/, const at::Tensor& /*views*/) {
  throw Error("a turnaround draws no new characters", "it draws the missing views of those it is shown");
}

void TurnaroundRecipe::saveModel(TensorFile& file) const {
  m_learner.saveModel(file);
}

void TurnaroundRecipe::save(TensorFile& file) const {
  m_learner.save(file);
  m_random.save(file);
}

void TurnaroundRecipe::load(const TensorFile& file) {
  m_learner.load(file);
  m_random.load(file);
}

void TurnaroundRecipe::startFrom(const TensorFile& file) {
  m_learner.startFrom([&file](torch::nn::Module& newest) { return loadModuleWhereItFits(file, kPrefix, newest); });
}

bool TurnaroundRecipe::healthy() const {
  return m_learner.healthy();
}

}  // namespace loom
