#include "tests/reference/golden.h"

#include <algorithm>

#include "core/nets/state.h"

namespace loom {

std::filesystem::path goldenFolder() {
  return std::filesystem::path(SPRITELOOM_SOURCE_DIR) / "tests/golden/reference";
}

std::vector<std::string> goldenNames(const std::string& key) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(goldenFolder())) {
    if (loadTensorMetadata(entry.path()).contains(key)) names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

TensorFile golden(const std::string& name) {
  return loadTensorFile(goldenFolder() / (name + ".safetensors"));
}

at::Tensor numbersOf(const TensorFile& file, const std::string& name) {
  const at::Tensor tensor = toTensor(file.tensors.at(name));
  return tensor.scalar_type() == at::kByte ? tensor.to(at::kFloat) / 127.5 - 1 : tensor;
}

void expectClose(const at::Tensor& ours, const TensorFile& file, const std::string& name, double tolerance) {
  ASSERT_TRUE(file.tensors.contains(name)) << name;
  ASSERT_TRUE(ours.defined()) << name;
  const at::Tensor theirs = numbersOf(file, name).to(at::kDouble);
  ASSERT_EQ(ours.sizes(), theirs.sizes()) << name;
  const double largest = theirs.abs().max().item<double>();
  const double off = (ours.detach().to(at::kDouble) - theirs).abs().max().item<double>();
  EXPECT_LE(off, std::max(tolerance * largest, 1e-5)) << name << ", whose largest is " << largest;
}

}  // namespace loom
