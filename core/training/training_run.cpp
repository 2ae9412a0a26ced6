#include "core/training/training_run.h"

#include <torch/torch.h>
#include <torch/version.h>

#include <algorithm>
#include <limits>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/image/edit.h"
#include "core/nets/network.h"
#include "core/training/character_store.h"
#include "core/training/checkpoint.h"
#include "core/training/learning_rate.h"
#include "core/training/pixels.h"
#include "core/training/start_views.h"

namespace loom {
namespace {

constexpr int kMostPreviews = 400;
constexpr std::int64_t kMeasured = 64;  // real sprites a view whose diversity is measured
constexpr std::int64_t kTypical = 512;  // sprites that a recipe may measure its codes by
constexpr std::int64_t kShown = 8;      // in a row of a preview of given sprites
enum Stream : std::uint64_t { kSampling = 10, kAugmenting = 11, kPreviewNoise = 12 };

PixelStore::Format formatOf(const Json& settings) {
  return {.channels = settings.at("channels"),
          .background = parseColour(settings.value("background", "#ffffff")),
          .fill = fillNamed(settings.value("fill", "colour")),
          .alpha = settings.value("foreground", false)};
}

/// `count` indices spread over 0..size-1; fewer where there are not as many.
std::vector<std::int64_t> spread(std::int64_t count, std::int64_t size) {
  std::vector<std::int64_t> indices;
  for (std::int64_t index = 0; index < std::min(count, size); ++index) {
    indices.push_back(index * size / std::min(count, size));
  }
  return indices;
}

/// The same, the first of them again where there are fewer. `size` is not 0.
std::vector<std::int64_t> spreadRow(std::int64_t count, std::int64_t size) {
  std::vector<std::int64_t> indices = spread(count, size);
  for (std::size_t index = 0; std::ssize(indices) < count; ++index) indices.push_back(indices[index]);
  return indices;
}

/// How much of the pictures is opaque; 1 where they have no alpha.
double opacity(const at::Tensor& pictures) {
  const std::int64_t channels = pictures.size(1);
  if (channels % 2 != 0) return 1;
  return (pictures.select(1, channels - 1).to(at::kFloat).mean().item<double>() + 1) / 2;
}

/// The model's index of each sprite's view; -1 where the model does not know it.
std::vector<std::int64_t> viewIndices(const Snapshot& sprites, const std::vector<std::string>& views, bool knowsViews) {
  std::vector<std::int64_t> indices;
  for (const Snapshot::Item& item : sprites.items()) {
    const auto found = std::ranges::find(views, sprites.views()[static_cast<std::size_t>(item.view)]);
    indices.push_back(!knowsViews ? 0 : found == views.end() ? -1 : found - views.begin());
  }
  return indices;
}

void makeFolders(const std::filesystem::path& run) {
  for (const char* name : {"checkpoints", "samples"}) {
    std::error_code problem;
    std::filesystem::create_directories(run / name, problem);
    if (problem) {
      throw Error("the folder " + (run / name).string() + " cannot be made: " + problem.message(),
                  "check that you may write there", run / name);
    }
  }
}

/// Nothing where the sprites fill the square.
PixelRect contentOf(const Snapshot& data) {
  const PixelRect whole{0, 0, data.side(), data.side()};
  return data.content() == whole ? PixelRect{} : data.content();
}

}  // namespace

TrainingRun::TrainingRun(TrainerInput input)
    : m_input(std::move(input)),
      m_preset(preset(m_input.preset)),
      m_environment(environmentOf(m_input)),
      m_knowsViews(networkKnowsViews(m_preset.network)),
      m_turns(networkHasTurnaround(m_preset.network)),
      m_viewsNeeded(viewsNeeded(m_preset)),
      m_views(m_input.views.empty() ? viewsLearned(m_input.preset, *m_input.data) : m_input.views),
      m_batch(m_input.settings.at("batch")),
      m_batchesAStep(batchesAStep(m_input.settings)),
      m_metricNames(loom::metricNames(m_input.preset, m_input.settings)),
      m_store(m_viewsNeeded > 0 ? characterStore(*m_input.data) : spriteStore(*m_input.data)),
      m_sprites(m_viewsNeeded > 0 && !m_turns ? spriteStore(*m_input.data) : nullptr),
      m_heldOut(heldOutStore()),
      m_recipe(makeRecipe(m_preset, m_input.settings, static_cast<int>(m_views.size()), m_environment,
                          makeRandomSources(m_input.seed, m_environment.device))),
      m_objective(makeObjective()),
      m_best(m_input.runFolder, m_preset.objective),
      m_layout(makeLayout()) {
  makeFolders(m_input.runFolder);
  if (m_input.resumeFrom) {
    resume(*m_input.resumeFrom);
  } else {
    if (m_input.startFrom) {
      TensorFile weights = loadTensorFile(*m_input.startFrom);
      fitViews(weights, m_views);
      m_recipe->startFrom(weights);
    }
    makeBatches({m_store->size(), RandomStream(m_input.seed, kSampling)}, RandomStream(m_input.seed, kAugmenting));
  }
  meetSprites();
  m_previewsKept = thinPreviews(m_input.runFolder / "samples", kMostPreviews);
}

std::unique_ptr<BatchStore> TrainingRun::characterStore(const Snapshot& data) const {
  return std::make_unique<CharacterStore>(data, m_views, m_environment.device, m_viewsNeeded);
}

std::unique_ptr<BatchStore> TrainingRun::spriteStore(const Snapshot& data) const {
  return std::make_unique<PixelStore>(data, m_knowsViews, formatOf(m_input.settings), m_environment.device);
}

std::unique_ptr<BatchStore> TrainingRun::heldOutStore() const {
  if (!m_input.heldOut || m_input.heldOut->size() == 0) return nullptr;
  std::unique_ptr<BatchStore> store = m_turns ? characterStore(*m_input.heldOut) : spriteStore(*m_input.heldOut);
  return store->size() > 0 ? std::move(store) : nullptr;
}

PreviewLayout TrainingRun::makeLayout() const {
  const auto views = static_cast<int>(m_views.size());
  if (m_turns) return {.columns = kShown, .rows = 1 + 2 * views, .latents = {}, .views = {}};
  return previewLayout(m_input.seed, m_input.settings.at("latent"), m_knowsViews ? views : 0);
}

Objective TrainingRun::makeObjective() const {
  if (m_turns) {
    const BatchStore& store = m_heldOut ? *m_heldOut : *m_store;
    return {store, std::vector<std::int64_t>(static_cast<std::size_t>(store.size())), /*latent=*/0, m_input.seed};
  }
  const std::int64_t latent = m_input.settings.at("latent");
  if (m_heldOut) {
    std::vector<std::int64_t> views = viewIndices(*m_input.heldOut, m_views, m_knowsViews);
    if (std::ranges::any_of(views, [](std::int64_t view) { return view >= 0; })) {
      return {*m_heldOut, std::move(views), latent, m_input.seed};
    }
  }
  return {sprites(), viewIndices(*m_input.data, m_views, m_knowsViews), latent, m_input.seed};
}

/// Chooses those of a turnaround's preview.
void TrainingRun::meetCharacters() {
  const BatchStore& shown = m_heldOut ? *m_heldOut : *m_store;
  m_characters = shown.batch(spreadRow(kShown, shown.size()));
}

/// Measures the real sprites, and chooses those of an autoencoder's preview.
void TrainingRun::meetSprites() {
  if (m_turns) return meetCharacters();
  const Batch some = sprites().batch(spread(kMeasured * static_cast<std::int64_t>(m_views.size()), sprites().size()));
  m_realDiversity = diversity(some.pictures, some.views);
  m_realOpacity = opacity(some.pictures);
  if (m_preset.training == "adversarial") return;  // it has no codes to measure
  m_recipe->seeTypical(m_store->batch(spread(kTypical, m_store->size())));
  if (m_preset.training != "autoencoder") return;
  const BatchStore& shown = m_heldOut ? *m_heldOut : *m_store;
  const double noise = m_input.settings.value("noise_share", 0.0) > 0 ? m_input.settings.value("noise_level", 0.0) : 0;
  m_originals = shown.batch(spreadRow(noise > 0 ? kShown : 2 * kShown, shown.size())).pictures;
  if (noise <= 0) return;
  at::Generator random = makeRandomSources(m_input.seed + kPreviewNoise, at::kCPU).host;
  const at::Tensor added = at::empty(m_originals.sizes()).normal_(0, noise, random).to(m_environment.device);
  m_originals = at::cat({m_originals, m_originals + added});
}

void TrainingRun::resume(const std::filesystem::path& path) {
  const TensorFile file = loadTensorFile(path);
  const Model model = modelFrom(file.metadata, path);
  if (model.preset != m_input.preset || model.views != m_views) {
    throw Error(path.string() + " belongs to another run", "continue a run from its own checkpoints", path);
  }
  m_recipe->load(file);
  try {
    makeBatches(Sampler::restore(m_store->size(), jsonFrom(file.metadata.at("sampler")).value()),
                RandomStream::restore(file.metadata.at("augment")));
    m_secondsBefore = std::stod(file.metadata.at("seconds"));
  } catch (const Error&) {
    throw;
  } catch (const std::exception&) {
    throw Error(path.string() + " does not say where the run was", "it is damaged: continue from an earlier one", path);
  }
  m_step = model.step;
}

void TrainingRun::makeBatches(Sampler sampler, RandomStream augmenting) {
  Augmenter augmenter(AugmentOptions::from(m_input.settings), m_views, std::move(augmenting));
  m_batches = std::make_unique<BatchSource>(*m_store, std::move(sampler), std::move(augmenter), m_batch);
}

std::vector<float> TrainingRun::advance() {
  const auto shown = static_cast<double>(m_step * m_batch * m_batchesAStep);  // sprites, or characters
  m_recipe->setRateFactor(rateFactor(m_input.settings, m_step, shown / static_cast<double>(m_store->size())));
  std::vector<float> metrics = m_recipe->step([this] { return m_batches->next(); });
  ++m_step;
  metrics.resize(m_metricNames.size(), std::numeric_limits<float>::quiet_NaN());
  return metrics;
}

void TrainingRun::measure(std::vector<float>& metrics) {
  const std::vector<float> taken = m_input.measures->take(model());
  std::ranges::copy(taken, metrics.end() - 1 - std::ssize(taken));
  useThreads(m_environment.threads);  // drawing may have set them otherwise
}

double TrainingRun::evaluate() {
  const double value = m_objective.measure(*m_recipe);
  if (m_best.isBetter(value)) m_best.take(value, model());
  return value;
}

/// The upper half of an autoencoder's preview: a row of sprites over a row of what it makes of them, twice, the second
/// time with noise where it learns to remove that. Below, and everywhere for other recipes, sprites of fixed latents.
at::Tensor TrainingRun::withReconstructions(const at::Tensor& made) {
  if (!m_originals.defined()) return made;
  const at::Tensor back = m_recipe->reconstruct(m_originals);
  const auto row = [](const at::Tensor& pictures, std::int64_t index) {
    return pictures.narrow(0, index * kShown, kShown);
  };
  return at::cat({row(m_originals, 0), row(back, 0), row(m_originals, 1), row(back, 1),
                  made.narrow(0, 0, made.size(0) - 4 * kShown)});
}

TrainingRun::Look TrainingRun::lookAtSamples() {
  const at::Tensor pictures = m_recipe->draw(m_layout.latents, m_layout.views);
  Look look{.preview = makePreview(m_layout, withReconstructions(pictures), m_step)};
  if (m_realDiversity > 0) look.diversity = diversity(pictures.cpu(), m_layout.views) / m_realDiversity;
  if (m_realOpacity > 0) look.opacity = opacity(pictures) / m_realOpacity;
  return look;
}

TrainingRun::Look TrainingRun::look() {
  const std::filesystem::path samples = m_input.runFolder / "samples";
  Look look =
      m_turns ? Look{.preview = makePreview(m_layout, m_recipe->turned(m_characters), m_step)} : lookAtSamples();
  savePreview(samples, look.preview);
  if (++m_previewsKept > kMostPreviews) m_previewsKept = thinPreviews(samples, kMostPreviews);
  return look;
}

Model TrainingRun::description() const {
  return {.preset = m_input.preset,
          .network = m_preset.network,
          .settings = m_input.settings,
          .views = m_views,
          .content = contentOf(*m_input.data),
          .step = m_step,
          .run = m_input.run,
          .weights = {}};
}

std::shared_ptr<const Model> TrainingRun::model() const {
  auto model = std::make_shared<Model>(description());
  m_recipe->saveModel(model->weights);
  return model;
}

CheckpointInfo TrainingRun::checkpoint(double seconds) {
  if (!m_recipe->healthy()) {
    throw Error("training broke down: some weights are no numbers any more",
                "continue from the last checkpoint with lower learning rates");
  }
  m_best.flush();
  TensorFile file;
  describeModel(description(), file.metadata);
  m_recipe->save(file);
  m_batches->save(file.metadata);
  file.metadata["seconds"] = std::to_string(seconds);
  file.metadata["seed"] = std::to_string(m_input.seed);
  file.metadata["spriteloom"] = SPRITELOOM_VERSION;
  const Json environment = resolveEnvironment(m_input);
  for (const auto& [name, value] : environment.items()) {
    file.metadata[name] = value.is_string() ? value.get<std::string>() : value.dump();
  }
  const CheckpointInfo info{checkpointFile(m_input.runFolder, m_step), m_step};
  saveTensorFile(info.file, file);
  thinCheckpoints(m_input.runFolder, m_input.settings.at("keep_checkpoints"), m_step);
  return info;
}

}  // namespace loom
