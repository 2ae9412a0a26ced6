// safetensors files.
#include "core/base/tensor_file.h"
#include "tests/fuzz/bytes_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace loom;
  static BytesFile file;
  const std::filesystem::path path = file.hold(fuzzBytes(data, size));
  fuzzed([&] { loadTensorMetadata(path); });
  return fuzzed([&] {
    const TensorFile whole = loadTensorFile(path);
    for (const auto& [name, tensor] : whole.tensors) {
      std::size_t elements = 1;
      for (const std::int64_t length : tensor.shape) elements *= static_cast<std::size_t>(length);
      require(tensor.bytes.size() == elements * tensorTypeSize(tensor.type));
    }
    require(loadTensorFile(path, "generator.").tensors.size() <= whole.tensors.size());
  });
}
