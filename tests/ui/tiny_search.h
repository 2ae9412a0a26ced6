// A search small enough for a test, and one with results that nobody has to wait for.
#pragma once

#include <cmath>

#include "core/studio/studio.h"

namespace loom {

/// `trials` trials of `steps` steps each.
inline TuningRequest tinySearch(int trials, std::int64_t steps) {
  TuningRequest request;
  request.preset = "autoencoder";
  request.trials = trials;
  request.settings = {{"size", 16}, {"features", 4}, {"batch", 4}, {"latent", 6}, {"evaluate_every", 1}};
  request.space = SearchSpace(preset("autoencoder").schema, {{"lr", "1e-5..1e-2:log"}, {"noise_level", "0.1..1.5"}});
  request.steps = steps;
  request.device = "cpu";
  return request;
}

/// A finished search of `trials` trials, as if trained: the objective is lowest for a learning rate near 1e-3.
inline Search sampleSearch(int trials) {
  SearchPlan plan;
  plan.preset = "autoencoder";
  plan.objective = "held_out_loss";
  plan.space = SearchSpace(preset("autoencoder").schema,
                           {{"lr", "1e-5..1e-2:log"}, {"batch", "32|64|100"}, {"noise_level", "0.1..1.5"}});
  plan.trials = trials;
  plan.steps = 100;
  Search search = Search::begin(plan);
  search.number = 1;
  search.created = "2026-01-01T00:00:00Z";
  int order = 0;
  for (SearchTrial& trial : search.trials) {
    const double off = std::log10(trial.settings.at("lr").get<double>()) + 3;
    trial.status = TrialStatus::kFinished;
    trial.run = trial.number;
    trial.seconds = 10;
    trial.results = {{.rung = 0, .steps = 100, .objective = .1 + off * off, .order = ++order, .seconds = 10. * order}};
  }
  return search;
}

}  // namespace loom
