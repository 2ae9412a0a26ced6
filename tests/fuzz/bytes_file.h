// The fuzzer's bytes as a file, for what reads files alone.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "tests/fuzz/bytes.h"

namespace loom {

/// A file in memory that can be opened by its path while this lives; refilled for every input.
class BytesFile {
 public:
  BytesFile() : m_descriptor(memfd_create("fuzz", 0)) { require(m_descriptor >= 0); }
  BytesFile(const BytesFile&) = delete;
  BytesFile& operator=(const BytesFile&) = delete;
  ~BytesFile() { close(m_descriptor); }

  std::filesystem::path hold(std::span<const std::byte> bytes) {
    require(ftruncate(m_descriptor, 0) == 0);
    require(pwrite(m_descriptor, bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
    return "/proc/self/fd/" + std::to_string(m_descriptor);
  }

 private:
  int m_descriptor;
};

}  // namespace loom
