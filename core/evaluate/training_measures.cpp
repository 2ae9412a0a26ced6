#include "core/evaluate/training_measures.h"

#include <torch/torch.h>

#include <algorithm>
#include <limits>
#include <map>
#include <span>

#include "core/base/error.h"
#include "core/evaluate/evaluation_bench.h"
#include "core/evaluate/fixed_features.h"
#include "core/evaluate/kernel_distance.h"
#include "core/evaluate/nearest_sprites.h"
#include "core/evaluate/neighbourhoods.h"
#include "core/evaluate/sprite_set.h"
#include "core/latent/reconstruction.h"
#include "core/latent/sprite_generator.h"
#include "core/project/view.h"
#include "core/training/sliced_wasserstein.h"

namespace loom {
namespace {

constexpr std::size_t kMeasured = 96;
constexpr std::size_t kMostTraining = 2048;
constexpr std::size_t kFewestCharacters = 4;  // what an interval of KID asks for
constexpr int kSmallestSide = 16;             // px, that features are taken of

bool knows(const Model& model, const std::string& view) {
  return std::ranges::find(model.views, view) != model.views.end();
}

bool knowsViews(const Model& model) {
  return model.views != std::vector<std::string>{std::string(kAnyView)};
}

/// kMeasured sprites at most as the model sees them, of characters that lie evenly among all.
SpriteSet measuredBy(const Snapshot& data, const Model& model) {
  std::map<int, std::vector<std::size_t>> characters;
  for (std::size_t i = 0; i < data.items().size(); ++i) {
    const Snapshot::Item& item = data.items()[i];
    if (knowsViews(model) && !knows(model, data.views()[static_cast<std::size_t>(item.view)])) continue;
    characters[item.character].push_back(i);
  }
  std::vector<int> names;
  std::size_t all = 0;
  for (const auto& [name, sprites] : characters) {
    names.push_back(name);
    all += sprites.size();
  }
  const std::size_t wanted = all > 0 ? std::max<std::size_t>(1, names.size() * std::min(kMeasured, all) / all) : 0;
  SpriteSet set;
  for (const std::size_t which : spread(names.size(), wanted)) {
    for (const std::size_t index : characters[names[which]]) {
      if (set.size() == kMeasured) return set;
      const Snapshot::Item& item = data.items()[index];
      const Sprite& sprite = data.sprite(static_cast<std::int64_t>(index));
      set.add(asSeenBy(model, std::span(&sprite, 1)).front(), item.character,
              data.views()[static_cast<std::size_t>(item.view)]);
    }
  }
  return set;
}

std::size_t charactersOf(const SpriteSet& set) {
  std::vector<int> names = set.characters;
  std::ranges::sort(names);
  return static_cast<std::size_t>(std::ranges::unique(names).begin() - names.begin());
}

std::vector<Sprite> trainedOn(const Snapshot& data, const Model& model) {
  std::vector<Sprite> sprites;
  for (const std::size_t index : spread(data.items().size(), kMostTraining)) {
    const Sprite& sprite = data.sprite(static_cast<std::int64_t>(index));
    sprites.push_back(asSeenBy(model, std::span(&sprite, 1)).front());
  }
  return sprites;
}

}  // namespace

/// All that stays the same from one time to the next.
struct TrainingMeasures::Reference {
  Reference(SpriteSet measured, std::vector<Sprite> trained, int given, std::uint64_t seed)
      : real(std::move(measured)),
        training(std::move(trained)),
        side(given),
        features(space.features(spritePictures(real.sprites, side))),
        scaled(features),
        wasserstein(spritePictures(real.sprites, side), seed),
        nearest(training, side, monitor) {}

  JobMonitor monitor;
  SpriteSet real;
  std::vector<Sprite> training;
  int side;
  FixedFeatures space;
  at::Tensor features;
  FeatureScale scaled;
  SlicedWasserstein wasserstein;
  NearestSprites nearest;
};

TrainingMeasures::TrainingMeasures(std::shared_ptr<const Snapshot> training, std::shared_ptr<const Snapshot> heldOut,
                                   std::uint64_t seed, int threads)
    : m_training(std::move(training)), m_heldOut(std::move(heldOut)), m_seed(seed), m_threads(threads) {}

TrainingMeasures::~TrainingMeasures() = default;

std::vector<float> TrainingMeasures::take(const std::shared_ptr<const Model>& model) {
  const std::vector<float> none(runMeasureNames().size(), std::numeric_limits<float>::quiet_NaN());
  if (model->side() < kSmallestSide) return none;
  try {
    return measured(model);
  } catch (const Error&) {  // sprites that cannot be measured by are no reason to end a training
    return none;
  }
}

std::vector<float> TrainingMeasures::measured(const std::shared_ptr<const Model>& model) {
  const torch::NoGradGuard noGrad;
  if (!m_reference) {
    SpriteSet real = m_heldOut ? measuredBy(*m_heldOut, *model) : SpriteSet();
    if (charactersOf(real) < kFewestCharacters) real = measuredBy(*m_training, *model);
    m_reference = std::make_unique<Reference>(std::move(real), trainedOn(*m_training, *model), model->side(), m_seed);
  }
  const Reference& of = *m_reference;
  std::vector<Latent> latents;
  std::vector<int> views;
  for (std::size_t i = 0; i < of.real.size(); ++i) {
    const bool sees = knowsViews(*model);
    const auto character = sees ? static_cast<std::uint64_t>(of.real.characters[i]) : i;
    latents.push_back(sampleLatent(m_seed, character, model->latentSize()));
    const auto view = std::ranges::find(model->views, of.real.views[i]) - model->views.begin();
    views.push_back(sees ? static_cast<int>(view) : 0);
  }
  const std::vector<Sprite> made = SpriteGenerator(model, m_threads).generate(latents, views);
  const at::Tensor pictures = spritePictures(made, of.side);
  const at::Tensor real = of.scaled(of.features), drawn = of.scaled(m_reference->space.features(pictures));
  const std::vector<NearestTwo> nearest = m_reference->nearest.find(made, m_reference->monitor);
  const auto copies = static_cast<double>(std::ranges::count_if(nearest, &NearestTwo::isCopy));
  return {static_cast<float>(kernelDistance(real, of.real.characters, drawn, of.real.characters, m_seed).value),
          static_cast<float>(of.wasserstein.distanceTo(pictures)),
          static_cast<float>(neighbourhoods(real, drawn).coverage),
          static_cast<float>(copies / static_cast<double>(made.size()))};
}

}  // namespace loom
