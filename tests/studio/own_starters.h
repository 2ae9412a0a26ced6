// Starter weights of a test's own, in place of those that come with the program.
#pragma once

#include <cstdlib>
#include <fstream>

#include "core/studio/model_files.h"
#include "core/studio/starter_weights.h"
#include "tests/base/temp_folder.h"

namespace loom::test {

/// While it lives, its folder is the one that starter weights lie in; there are none in it at first.
class OwnStarters {
 public:
  OwnStarters() {
    const char* before = std::getenv("SPRITELOOM_MODELS");
    m_before = before != nullptr ? before : "";
    ::setenv("SPRITELOOM_MODELS", m_folder.path().c_str(), 1);
  }
  ~OwnStarters() { ::setenv("SPRITELOOM_MODELS", m_before.c_str(), 1); }
  OwnStarters(const OwnStarters&) = delete;
  OwnStarters& operator=(const OwnStarters&) = delete;

  std::filesystem::path weights(const std::string& preset) const { return m_folder / (preset + ".safetensors"); }
  std::filesystem::path card(const std::string& preset) const { return m_folder / (preset + ".json"); }

  /// The run's weights as those of its preset, with a card.
  void add(const Project& project, const RunInfo& run, Precision precision = Precision::kHalf) const {
    exportModel(project, run, Weights::kNewest, weights(run.preset), precision);
    const Json json = {{"title", "Tiny heroes"},
                       {"text", "They show that it works."},
                       {"licence", "CC0"},
                       {"data",
                        {{{"name", "drawn characters"},
                          {"licence", "CC0"},
                          {"source", "https://example.org/heroes"},
                          {"artists", {"Ada", "Brom"}}}}},
                       {"commands", {"train heroes.loom --steps 2"}},
                       {"seed", 5},
                       {"measures", {{{"name", "mean difference"}, {"value", "0.5"}}}},
                       {"weaknesses", {"blurred faces"}}};
    std::ofstream(card(run.preset)) << json.dump(2);
  }

 private:
  TempFolder m_folder;
  std::string m_before;
};

}  // namespace loom::test
