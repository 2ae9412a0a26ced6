#include "core/training/turnaround_recipe.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/nets/blocks.h"
#include "core/nets/state.h"
#include "core/training/evaluating.h"
#include "core/training/gradients.h"
#include "core/training/seen_views.h"
#include "core/training/update_count.h"

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

/// N x V as N x V x 1 x 1 x 1, to weigh pictures by view.
at::Tensor byView(const at::Tensor& weights) {
  return weights.view({weights.size(0), weights.size(1), 1, 1, 1});
}

}  // namespace

TurnaroundRecipe::TurnaroundRecipe(const Preset& preset, const Json& settings, int views,
                                   const Environment& environment, RandomSources random)
    : m_environment(environment),
      m_random(std::move(random)),
      m_accumulate(settings.at("accumulate")),
      m_rate(settings.at("lr")),
      m_gradientClip(settings.at("gradient_clip")),
      m_network(makeTurnaround(preset.network, settings, views)) {
  initialiseWeights(*m_network, m_random.host);
  m_network->to(environment.device);
  if (const double decay = settings.at("ema"); decay > 0) {
    m_average = makeTurnaround(preset.network, settings, views);
    m_average->to(environment.device);
    m_averaging = std::make_unique<WeightAverage>(*m_network, *m_average, decay);
  }
  m_adam = std::make_unique<Adam>(*m_network, AdamOptions{m_rate, settings.at("beta1"), settings.at("beta2")});
}

std::vector<std::string> TurnaroundRecipe::metricNames() {
  return {kNames.begin(), kNames.end()};
}

void TurnaroundRecipe::setRateFactor(double factor) {
  m_adam->setRate(m_rate * factor);
}

std::vector<float> TurnaroundRecipe::step(const std::function<Batch()>& nextBatch) {
  MetricSums metrics(kNames.size());
  for (int part = 0; part < m_accumulate; ++part) train(nextBatch(), metrics);
  clipGradients(*m_network, m_gradientClip);
  m_adam->step();
  m_adam->clearGradients();
  ++m_updates;
  if (m_averaging) m_averaging->add(m_updates);
  return metrics.means(kReported);
}

void TurnaroundRecipe::train(const Batch& batch, MetricSums& metrics) {
  const IndexedCharacters& characters = batch.characters;
  const SeenViews chosen = drawSeenViews(characters.present.cpu(), m_random.host);
  const at::Tensor seen = onDevice(chosen.seen, m_environment.device);
  const at::Tensor targets = onDevice(chosen.targets, m_environment.device);
  TurnaroundMaps maps;
  {
    const Autocast autocast(m_environment);
    maps = m_network->forward(painted(characters.indices, characters.palettes), seen, m_random.device);
  }
  PalettePointer& pointer = m_network->pointer();
  const PaletteKeys keys = pointer.keys(characters, maps.features, seen);
  const at::Tensor logits = pointer.logits(maps.queries, targets, keys);
  const at::Tensor wanted = rightColours(characters, targets, keys.worn);
  const at::Tensor loss = pointerLoss(logits, wanted);
  (loss / m_accumulate).backward();
  metrics.add(kLoss, loss);
  metrics.add(kAccuracy, logits.detach().argmax(-1).eq(wanted).to(at::kFloat).mean());
}

/// All views as the network makes them, also those that it sees: N x V x 4 x S x S in [-1, 1].
at::Tensor TurnaroundRecipe::viewsOf(const IndexedCharacters& characters, const at::Tensor& seen) {
  const TurnaroundMaps maps =
      drawing().forward(painted(characters.indices, characters.palettes), seen, m_random.device);
  PalettePointer& pointer = drawing().pointer();
  const PaletteKeys keys = pointer.keys(characters, maps.features, seen);
  const std::int64_t count = seen.size(0), views = seen.size(1);
  const at::Tensor all = at::arange(views, characters.indices.options()).expand({count, -1});
  const at::Tensor logits = pointer.logits(maps.queries, all, keys);
  return painted(chosenColours(logits, characters.palettes, keys.worn, ColourChoice::kLeastDifference),
                 characters.palettes);
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
  saveModule(file, kPrefix, drawing());
}

void TurnaroundRecipe::save(TensorFile& file) const {
  saveModel(file);
  if (m_average) saveModule(file, kRaw, *m_network);
  m_adam->save(file, "optimiser.");
  m_random.save(file);
  saveUpdates(file, m_updates);
}

void TurnaroundRecipe::load(const TensorFile& file) {
  loadModule(file, m_average ? kRaw : kPrefix, *m_network);
  if (m_average) loadModule(file, kPrefix, *m_average);
  m_adam->load(file, "optimiser.");
  m_random.load(file);
  m_updates = loadUpdates(file);
}

void TurnaroundRecipe::startFrom(const TensorFile& file) {
  if (loadModuleWhereItFits(file, kPrefix, *m_network) == 0) {
    throw Error("none of those weights fit this network", "choose a run of the same preset, views, size and width");
  }
  if (m_average) copyModule(*m_network, *m_average);
}

bool TurnaroundRecipe::healthy() const {
  return allFinite(*m_network) && (!m_average || allFinite(*m_average));
}

}  // namespace loom
