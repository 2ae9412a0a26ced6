// What the worker puts into projects and folders, all of it told by numbers, so that the harness knows what must be
// there.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "core/studio/training_session.h"

namespace loom::trust {

/// A picture of its own for every number.
Sprite madeSprite(int number, int side = 16);

/// What a picture of a batch becomes when it is imported.
struct BatchPicture {
  std::string character;
  std::string view;
  std::uint64_t hash = 0;
};
std::vector<BatchPicture> batchPictures(int batch);
/// Sees to it that `sources` holds the folder of a batch, whole, and returns it.
std::filesystem::path batchFolder(const std::filesystem::path& sources, int batch);
/// Sprites in four views for the trainings; the same ones with the same ids in every project.
void addTrainingSprites(const Project& project);

/// The kinds of export: each writes into a folder of its own.
const std::vector<std::string>& exportKinds();
/// Every third version is the same again. `training` has a run 1 with a checkpoint.
void writeExport(const std::string& kind, int version, const std::filesystem::path& out, const Project& training);

inline constexpr int kTrainingKinds = 3;
inline constexpr std::int64_t kTrainingSteps = 240;
TrainingRequest madeTraining(int kind);

}  // namespace loom::trust
