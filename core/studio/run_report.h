// How good a run is, as a report that is kept with it: figures in plain words, and pictures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/project/project.h"
#include "core/studio/evaluate.h"

namespace loom {

struct RunReport {
  RunEvaluation evaluation = {};
  std::string against = {};  ///< the source of the sprites it was measured by; empty: the project's own
  std::uint64_t seed = 0;
  std::string taken = {};  ///< when, ISO 8601, UTC
};

/// evaluateRun, with the time.
RunReport makeReport(const Project& project, const RunInfo& run, const EvaluateOptions& options, JobMonitor& monitor);

/// report.json in the run's folder, pictures and all, in the place of an earlier one. Throws Error.
void saveReport(const Project& project, const RunInfo& run, const RunReport& report);
/// The one that is kept. Nothing where there is none, or none that this version can read.
std::optional<RunReport> loadReport(const Project& project, const RunInfo& run);
/// How many steps the run has learned since; 0 for a report of its newest weights.
std::int64_t stepsSince(const Project& project, const RunInfo& run, const RunReport& report);

/// "500 held-out sprites of 125 characters, at step 1200", and what takes from its worth.
std::string reportSummary(const RunReport& report);
/// One page that needs no other file: table, explanations, pictures.
std::string reportAsHtml(const RunReport& report, const std::string& title);
/// The figures for a spreadsheet: lines of fields with tabs between, the first with their names.
std::string reportAsTable(const RunReport& report);

}  // namespace loom
