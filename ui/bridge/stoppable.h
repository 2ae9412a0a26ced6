// Jobs whose starter must know that they were cancelled.
#pragma once

#include <optional>
#include <type_traits>
#include <utility>

#include "core/base/error.h"
#include "core/base/job_monitor.h"

namespace loom {

/// `work` with cancellation as a result like any other: nothing. JobRunner tells of a cancelled job nobody else.
template <class Work>
auto stoppable(Work work) {
  using Result = std::invoke_result_t<Work&, JobMonitor&>;
  return [work = std::move(work)](JobMonitor& monitor) mutable -> std::optional<Result> {
    try {
      return work(monitor);
    } catch (const Cancelled&) {
      return std::nullopt;
    }
  };
}

}  // namespace loom
