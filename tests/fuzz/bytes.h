// What the fuzz targets share: the fuzzer's bytes as ours.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "core/base/error.h"

namespace loom {

inline std::span<const std::byte> fuzzBytes(const std::uint8_t* data, std::size_t size) {
  return std::as_bytes(std::span(data, size));
}

/// Runs `work`; an Error is a good answer to bad input, anything else that is thrown is not.
template <class Work>
int fuzzed(Work work) {
  try {
    work();
  } catch (const Error&) {
  }
  return 0;
}

}  // namespace loom
