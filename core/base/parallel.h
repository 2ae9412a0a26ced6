// A loop whose rounds are shared among all cores, with progress and cancelling.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "core/base/job_monitor.h"

namespace loom {

/// Calls `body(begin, end)` for every block of up to `block` numbers out of 0..count-1, each number once, on all cores.
/// The calling thread takes blocks too, and reports `before` + the numbers finished to the monitor. Blocks come in no
/// certain order: a result that should not depend on the machine is written by number, never added up across blocks.
/// What `body` or the monitor throws ends the loop and is thrown here; blocks under way are finished first.
void parallelFor(std::size_t count, std::size_t block, const std::function<void(std::size_t, std::size_t)>& body,
                 JobMonitor& monitor, std::int64_t before = 0);

}  // namespace loom
