#include "core/training/training_run.h"

#include <torch/torch.h>
#include <torch/version.h>

#include <algorithm>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/image/edit.h"
#include "core/nets/network.h"
#include "core/project/view.h"
#include "core/training/checkpoint.h"

namespace loom {
namespace {

constexpr int kMostPreviews = 400;
constexpr std::int64_t kMeasured = 64;  // real sprites a view whose diversity is measured
enum Stream : std::uint64_t { kSampling = 10, kAugmenting = 11 };

std::vector<std::string> viewsOf(const Snapshot& data, bool knowsViews) {
  return knowsViews ? data.views() : std::vector<std::string>{std::string(kAnyView)};
}

PixelStore::Format formatOf(const Json& settings) {
  return {.channels = settings.at("channels"), .background = parseColour(settings.value("background", "#ffffff"))};
}

double realDiversity(const PixelStore& store, std::size_t views) {
  const std::int64_t count = std::min(store.size(), kMeasured * static_cast<std::int64_t>(views));
  std::vector<std::int64_t> indices;
  for (std::int64_t index = 0; index < count; ++index) indices.push_back(index * store.size() / count);
  const Batch batch = store.batch(indices);
  return diversity(batch.pictures, batch.views);
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
      m_views(viewsOf(*m_input.data, m_knowsViews)),
      m_batch(m_input.settings.at("batch")),
      m_accumulate(m_input.settings.at("accumulate")),
      m_metricNames(loom::metricNames(m_input.preset, m_input.settings)),
      m_store(*m_input.data, m_knowsViews, formatOf(m_input.settings), m_environment.device),
      m_sampler(m_store.size(), RandomStream(m_input.seed, kSampling)),
      m_augmenter(AugmentOptions::from(m_input.settings), m_views, RandomStream(m_input.seed, kAugmenting)),
      m_recipe(makeRecipe(m_preset, m_input.settings, static_cast<int>(m_views.size()), m_environment,
                          makeRandomSources(m_input.seed, m_environment.device))),
      m_layout(previewLayout(m_input.seed, m_input.settings.at("latent"),
                             m_knowsViews ? static_cast<int>(m_views.size()) : 0)) {
  makeFolders(m_input.runFolder);
  if (m_input.resumeFrom) {
    resume(*m_input.resumeFrom);
  } else if (m_input.startFrom) {
    m_recipe->startFrom(loadTensorFile(*m_input.startFrom));
  }
  m_realDiversity = realDiversity(m_store, m_views.size());
  m_previewsKept = thinPreviews(m_input.runFolder / "samples", kMostPreviews);
}

void TrainingRun::resume(const std::filesystem::path& path) {
  const TensorFile file = loadTensorFile(path);
  const Model model = modelFrom(file.metadata, path);
  if (model.preset != m_input.preset || model.views != m_views) {
    throw Error(path.string() + " belongs to another run", "continue a run from its own checkpoints", path);
  }
  m_recipe->load(file);
  try {
    m_sampler = Sampler::restore(m_store.size(), jsonFrom(file.metadata.at("sampler")).value());
    m_augmenter.random() = RandomStream::restore(file.metadata.at("augment"));
    m_secondsBefore = std::stod(file.metadata.at("seconds"));
  } catch (const Error&) {
    throw;
  } catch (const std::exception&) {
    throw Error(path.string() + " does not say where the run was", "it is damaged: continue from an earlier one", path);
  }
  m_step = model.step;
}

Batch TrainingRun::nextBatch() {
  std::vector<std::int64_t> indices(static_cast<std::size_t>(m_batch));
  m_sampler.next(indices);
  return m_store.batch(indices, m_augmenter);
}

std::vector<float> TrainingRun::advance() {
  std::vector<float> metrics = m_recipe->step([this] { return nextBatch(); });
  ++m_step;
  return metrics;
}

TrainingRun::Look TrainingRun::look() {
  const std::filesystem::path samples = m_input.runFolder / "samples";
  const at::Tensor pictures = m_recipe->draw(m_layout.latents, m_layout.views);
  Look look{.preview = makePreview(m_layout, pictures, m_step)};
  if (m_realDiversity > 0) look.diversity = diversity(pictures.cpu(), m_layout.views) / m_realDiversity;
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
  TensorFile file;
  describeModel(description(), file.metadata);
  m_recipe->save(file);
  file.metadata["sampler"] = m_sampler.save().dump();
  file.metadata["augment"] = m_augmenter.random().save();
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
