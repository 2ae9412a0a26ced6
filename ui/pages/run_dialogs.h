// What is asked before runs go for good, and where their metrics are written.
#pragma once

#include <QWidget>
#include <cstdint>
#include <vector>

#include "ui/bridge/session.h"

namespace loom {

/// Asks, telling the `bytes` they take, then deletes them from the disk as a job.
void removeRunsForGood(Session& session, const std::vector<int>& runs, std::int64_t bytes, QWidget* page);

/// Asks for a file, then writes it as a job.
void exportMetricsOf(Session& session, const std::vector<int>& runs, QWidget* page);

}  // namespace loom
