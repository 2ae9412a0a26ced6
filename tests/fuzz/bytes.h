// What the fuzz targets share: the fuzzer's bytes as ours, and what counts as a failure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/error.h"

namespace loom {

inline std::span<const std::byte> fuzzBytes(const std::uint8_t* data, std::size_t size) {
  return std::as_bytes(std::span(data, size));
}

inline std::string_view fuzzText(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Ends the program where a parser broke its word, so that the fuzzer keeps the input.
inline void require(bool kept) {
  if (!kept) __builtin_trap();
}

/// Runs `work`; an Error is a good answer to bad input, anything else that is thrown is not. Returns what libFuzzer
/// asks for.
template <class Work>
int fuzzed(Work work) {
  try {
    work();
  } catch (const Error&) {
  }
  return 0;
}

}  // namespace loom
