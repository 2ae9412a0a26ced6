// The metrics of runs as one CSV file, for a spreadsheet or a script.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/project/project.h"

namespace loom {

struct MetricsCsvReport {
  std::int64_t rows = 0;
  std::vector<std::string> metrics = {};  ///< the columns after run and step
};

/// Columns: run, step, then every metric that one of the runs has, in the order in which they come first. A measure not
/// taken at a step is an empty field; a number is the shortest text that reads back as the same 32-bit one. Written as
/// a stream; the file is whole or not there. A file at `file` is replaced. Throws Error, Cancelled.
MetricsCsvReport exportMetrics(const Project& project, std::span<const int> runs, const std::filesystem::path& file,
                               JobMonitor& monitor);

}  // namespace loom
