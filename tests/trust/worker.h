// The program that is killed: how the harness starts it, hears what it acknowledges, and ends it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.h"

namespace loom::trust {

/// When the worker is killed: so long after it has begun its work, or so long after a line of its journal.
struct KillPlan {
  double seconds = 0;
  std::optional<int> afterLines = {};
};

struct WorkerEnd {
  std::vector<Json> journal = {};  ///< every line that it wrote to its end
  bool killed = false;             ///< false: it ended by itself
  int status = 0;                  ///< as waitpid has it
};

/// Runs `program` and kills it (SIGKILL) as planned. Throws Error when it cannot be started.
WorkerEnd runAndKill(const std::filesystem::path& program, const std::vector<std::string>& arguments,
                     const KillPlan& plan);

/// A line of the worker's journal: one write, so that it is there whole or not at all while it is short.
void say(const Json& line);

}  // namespace loom::trust
