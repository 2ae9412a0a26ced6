#include "core/training/best_checkpoint.h"

#include <cmath>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/training/checkpoint.h"

namespace loom {
namespace {

constexpr const char* kObjective = "objective";
constexpr const char* kValue = "objective_value";

std::filesystem::path fileOf(const std::filesystem::path& runFolder) {
  return runFolder / "checkpoints" / "best.safetensors";
}

/// Nothing for a file that is not there, is damaged or was kept by another objective.
std::optional<BestModel> readBest(const std::filesystem::path& file, const std::string& objective) {
  std::error_code problem;
  if (!std::filesystem::exists(file, problem)) return {};
  try {
    const std::map<std::string, std::string> metadata = loadTensorMetadata(file);
    const auto by = metadata.find(kObjective), value = metadata.find(kValue);
    if (by == metadata.end() || value == metadata.end() || (!objective.empty() && by->second != objective)) return {};
    return BestModel{.step = modelFrom(metadata, file).step,
                     .value = jsonFrom(value->second).value().get<double>(),
                     .objective = by->second};
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace

BestKeeper::BestKeeper(std::filesystem::path runFolder, std::string objective)
    : m_runFolder(std::move(runFolder)),
      m_objective(std::move(objective)),
      m_best(readBest(fileOf(m_runFolder), m_objective)) {}

bool BestKeeper::isBetter(double value) const {
  return std::isfinite(value) && (!m_best || value < m_best->value);
}

void BestKeeper::take(double value, std::shared_ptr<const Model> model) {
  m_best = BestModel{.step = model->step, .value = value, .objective = m_objective};
  m_waiting = std::move(model);
}

void BestKeeper::flush() {
  if (!m_waiting) return;
  TensorFile file;
  file.tensors = m_waiting->weights.tensors;
  describeModel(*m_waiting, file.metadata);
  file.metadata[kObjective] = m_objective;
  file.metadata[kValue] = Json(m_best->value).dump();
  saveTensorFile(fileOf(m_runFolder), file);
  m_waiting.reset();
}

std::optional<CheckpointInfo> bestCheckpoint(const std::filesystem::path& runFolder) {
  const std::filesystem::path file = fileOf(runFolder);
  const std::optional<BestModel> best = readBest(file, {});
  return best ? std::optional(CheckpointInfo{file, best->step}) : std::nullopt;
}

}  // namespace loom
