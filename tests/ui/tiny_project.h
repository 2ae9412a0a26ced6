// A project with a few small sprites, and a training small enough for a test.
#pragma once

#include "core/project/project.h"
#include "core/studio/training_session.h"
#include "tests/base/temp_folder.h"
#include "tests/project/sample_sprite.h"

namespace loom {

/// `characters` characters of 16 x 16 px, each seen from `views`.
inline Project makeTinyProject(const std::filesystem::path& folder, int characters = 8,
                               const std::vector<std::string>& views = {"back", "front"}) {
  Project project = Project::create(folder);
  Catalogue catalogue = project.catalogue();
  int number = 0;
  for (int i = 0; i < characters; ++i) {
    for (const std::string& view : views) {
      NewSprite sprite;
      sprite.pixels = sampleSprite(++number, 16, 16);
      sprite.character = std::to_string(i);
      sprite.view = view;
      sprite.source = "test";
      catalogue.addSprite(sprite);
    }
  }
  return project;
}

inline TrainingRequest tinyRequest(std::int64_t steps) {
  TrainingRequest request;
  request.preset = "conditional-dcgan";
  request.settings = {{"size", 16}, {"features", 4}, {"batch", 4}, {"latent", 4}, {"preview_every", 2}};
  request.steps = steps;
  request.device = "cpu";
  return request;
}

}  // namespace loom
