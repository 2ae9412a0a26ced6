#include "tests/trust/sabotage.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>
#include <iostream>
#include <vector>

#include "core/base/atomic_file.h"
#include "core/studio/runs.h"

namespace loom::trust {
namespace {

namespace fs = std::filesystem;

struct Sabotage {
  const char* what;
  const char* phase;
  const char* expected;  ///< must be in what the harness says of it
  std::function<void(World&)> damage;
};

void truncate(const fs::path& file) {
  fs::resize_file(file, fs::file_size(file) / 2);
}

/// The first file under a folder with that ending.
fs::path firstFile(const fs::path& folder, const std::string& ending) {
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const bool hidden = entry.path().filename().string().starts_with('.');
    if (!hidden && entry.path().extension() == ending) return entry.path();
  }
  throw std::runtime_error("there is no " + ending + " to damage under " + folder.string());
}

fs::path newestOf(World& world) {
  const Project project = world.project("training");
  return newestCheckpoint(project, project.catalogue().run(world.run()))->file;
}

/// The highest bit of the fraction of each tensor's first number, with the file still whole. Of all tensors: an average
/// of weights forgets its beginning.
void flipBits(const fs::path& file) {
  constexpr std::size_t kByte = 2;
  TensorFile weights = loadTensorFile(file);
  for (auto& [name, tensor] : weights.tensors) {
    if (tensor.type == "F32" && tensor.bytes.size() > kByte) tensor.bytes[kByte] ^= std::byte{0x40};
  }
  saveTensorFile(file, weights);
}

void executeIn(World& world, const std::string& sql) {
  SQLite::Database(world.project("editing").database().string(), SQLite::OPEN_READWRITE).exec(sql);
}

void damageDatabase(World& world) {
  const fs::path file = world.project("editing").database();
  executeIn(world, "PRAGMA wal_checkpoint(TRUNCATE)");
  std::vector<std::byte> bytes = readFile(file, 1LL << 30);
  for (std::size_t at = 4096; at < bytes.size(); ++at) bytes[at] ^= std::byte{static_cast<unsigned char>(at % 7 == 0)};
  writeFileAtomically(file, bytes);
}

const std::vector<Sabotage>& sabotages() {
  static const std::vector<Sabotage> all{
      {"a favourite removed", "editing", "/favourites/",
       [](World& world) {
         executeIn(world,
                   "UPDATE favourites SET removed = 1 WHERE id = (SELECT min(id) FROM favourites "
                   "WHERE removed = 0)");
       }},
      {"a name changed", "editing", "/name",
       [](World& world) { executeIn(world, "UPDATE favourites SET name = name || '.'"); }},
      {"a value forgotten", "editing", "/values/", [](World& world) { executeIn(world, "DELETE FROM remembered"); }},
      {"a step forgotten", "editing", "/steps/", [](World& world) { executeIn(world, "DELETE FROM undo_steps"); }},
      {"the database damaged", "editing", "damaged", damageDatabase},
      {"a sprite missing", "import", "missing sprites: 1",
       [](World& world) {
         executeIn(world, "PRAGMA foreign_keys = ON; DELETE FROM sprites WHERE id = (SELECT max(id) FROM sprites)");
       }},
      {"a sheet cut off", "export", "whole",
       [](World& world) { truncate(firstFile(world.folder() / "exports", ".png")); }},
      {"an exported file gone", "export", "is gone",
       [](World& world) { fs::remove(firstFile(world.folder() / "exports", ".png")); }},
      {"a checkpoint cut off", "checkpointing", "no whole safetensors",
       [](World& world) { truncate(newestOf(world)); }},
      {"a checkpoint gone", "checkpointing", "lost its checkpoint",
       [](World& world) {
         // The newest may not have been acknowledged yet; the one before it was.
         for (int i = 0; i < 2; ++i) fs::remove(newestOf(world));
       }},
      {"a recipe cut off", "training", "no whole JSON",
       [](World& world) { truncate(firstFile(world.folder() / "training.loom", ".json")); }},
      {"bits of the weights", "checkpointing", "to the bit", [](World& world) { flipBits(newestOf(world)); }},
  };
  return all;
}

/// Long enough that there is something acknowledged to be damaged.
KillPlan planFor(const std::string& phase) {
  if (phase == "import") return {.seconds = 0, .afterLines = 3};
  if (phase == "export") return {.seconds = 0, .afterLines = 14};
  return {.seconds = 0, .afterLines = 60};
}

}  // namespace

bool findsSabotage(World& world) {
  bool all = true;
  for (const Sabotage& sabotage : sabotages()) {
    world.renew();
    std::string noticed;
    try {
      world.round(sabotage.phase, planFor(sabotage.phase), [&] { sabotage.damage(world); });
      world.finishRun();
    } catch (const std::exception& problem) {
      noticed = problem.what();
    }
    const bool found = noticed.find(sabotage.expected) != std::string::npos;
    std::cout << (found ? "noticed: " : "NOT NOTICED: ") << sabotage.what << " (" << noticed.substr(0, 160) << ")"
              << std::endl;
    all = all && found;
  }
  return all;
}

}  // namespace loom::trust
