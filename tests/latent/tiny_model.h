// Models small enough to be made in a test: fresh networks with seeded weights.
#pragma once

#include <memory>

#include "core/training/model.h"

namespace loom::test {

struct TinyModelOptions {
  bool withViews = true;
  int channels = 4;
  int latent = 6;
  int run = 1;
  std::int64_t step = 10;
  std::uint64_t seed = 1;
};

/// A 16 x 16 generator; weights are drawn wider than at the start of a training, so that pictures differ plainly.
std::shared_ptr<Model> tinyModel(const TinyModelOptions& options = {});

/// The same model where dimension `strong` of the latent moves the picture far more than the others.
std::shared_ptr<Model> tinyModelLedBy(int strong, const TinyModelOptions& options = {});

/// An autoencoder of 16 x 16, not trained: the plain one with a prior over its codes, or a variational one.
std::shared_ptr<Model> tinyAutoencoder(bool variational, const TinyModelOptions& options = {.withViews = false});

/// A hero of 16 x 16 with the views back, left and front, not trained, with a prior over its codes (latent 6).
std::shared_ptr<Model> tinyHero();

/// A turnaround of 16 x 16 and four views, not trained. Its pointer is told apart plainly.
std::shared_ptr<Model> tinyTurnaround(std::uint64_t seed = 1);

}  // namespace loom::test
