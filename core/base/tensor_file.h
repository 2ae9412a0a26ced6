// Named tensors as plain bytes, read and written as safetensors. No LibTorch here: nets and training convert.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace loom {

/// One tensor: little-endian, row-major, contiguous.
struct RawTensor {
  std::string type;                 ///< safetensors' name: "F32", "F16", "BF16", "F64", "I64", "I32", "U8", "BOOL"
  std::vector<std::int64_t> shape;  ///< empty for a scalar
  std::vector<std::byte> bytes;
};

struct TensorFile {
  std::map<std::string, RawTensor> tensors;
  std::map<std::string, std::string> metadata;  ///< the header's "__metadata__"
};

/// Bytes an element of safetensors' type `type` takes. Throws Error for an unknown one.
std::size_t tensorTypeSize(const std::string& type);

/// Writes aside, syncs and renames (writeFileAtomically). Throws Error.
void saveTensorFile(const std::filesystem::path& path, const TensorFile& file);
/// Reads a whole file and checks every offset. Throws Error when it is no whole safetensors file.
TensorFile loadTensorFile(const std::filesystem::path& path);
/// The same with only the tensors whose names begin with `prefix`; the others are not read.
TensorFile loadTensorFile(const std::filesystem::path& path, std::string_view prefix);
/// The header's metadata alone, without reading the tensors. Throws Error.
std::map<std::string, std::string> loadTensorMetadata(const std::filesystem::path& path);

}  // namespace loom
