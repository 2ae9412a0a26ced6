// Follows a training session from the command line until it ends.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/cli/commands.h"

namespace loom::cli {

using StartSession = std::function<std::unique_ptr<TrainingSession>(TrainingListener&, JobMonitor&)>;

/// Starts a session, shows it live, stops it on the stop token (a checkpoint is written first), and ends with the done
/// event: run, steps, losses, sprites_per_second; "stopped" is true when it was stopped. Throws what made it fail.
void runTraining(Context& context, const StartSession& start);

/// How long to train, as the three options of train and resume.
struct LengthOptions {
  std::optional<std::int64_t> steps;
  std::optional<std::int64_t> epochs;
  std::optional<double> minutes;
};
void addLengthOptions(CLI::App& command, LengthOptions& length, const std::string& minutesHelp);

}  // namespace loom::cli
