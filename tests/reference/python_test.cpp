#include <ATen/CPUGeneratorImpl.h>
#include <unistd.h>

#include <cstdlib>

#include "core/nets/blocks.h"
#include "core/nets/network.h"
#include "core/nets/state.h"
#include "tests/reference/golden.h"

namespace loom {
namespace {

const std::string kTop = SPRITELOOM_SOURCE_DIR;

/// Runs the environment's Python, if there is one; returns whether all went well.
bool python(const std::string& arguments) {
  const std::string program = kTop + "/.venv/bin/python3";
  if (!std::filesystem::exists(program)) return false;
  return std::system(("PYTHONDONTWRITEBYTECODE=1 '" + program + "' " + arguments).c_str()) == 0;
}

bool missing() {
  static const bool here = python("-c 'import safetensors.torch' 2>/dev/null");
  return !here;
}

constexpr const char* kMissing = "no Python with torch and safetensors in .venv";

/// A folder of the test's own, gone afterwards.
class Folder {
 public:
  explicit Folder(const std::string& name)
      : path(std::filesystem::temp_directory_path() / ("spriteloom-" + name + "-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  const std::filesystem::path path;
};

TEST(ReferenceScript, MakesTheNumbersThatLieHere) {
  if (missing()) GTEST_SKIP() << kMissing;
  const Folder folder("reference");
  ASSERT_TRUE(python("'" + kTop + "/tests/reference/make_reference.py' '" + folder.path.string() + "'"));
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path)) {
    SCOPED_TRACE(entry.path().stem().string());
    const TensorFile made = loadTensorFile(entry.path()), kept = golden(entry.path().stem().string());
    EXPECT_EQ(made.metadata, kept.metadata);
    EXPECT_EQ(made.tensors.size(), kept.tensors.size());
    for (const auto& item : made.tensors) expectClose(numbersOf(made, item.first), kept, item.first, 1e-5);
    ++files;
  }
  const std::filesystem::directory_iterator lying(goldenFolder());
  EXPECT_EQ(files, static_cast<std::size_t>(std::distance(begin(lying), end(lying))));
}

TEST(Safetensors, GoToPythonAndBackToTheByte) {
  if (missing()) GTEST_SKIP() << kMissing;
  const Folder folder("safetensors");
  at::Generator random = at::detail::createCPUGenerator(1);
  const auto network = makeGenerator(
      "conditional-dcgan", {{"size", 16}, {"channels", 4}, {"features", 4}, {"latent", 5}, {"view_embedding", 3}}, 2);
  initialiseWeights(*network, random);
  TensorFile ours;
  saveModule(ours, "generator.", *network);
  for (const at::ScalarType type : {at::kHalf, at::kBFloat16, at::kDouble, at::kInt, at::kByte, at::kBool}) {
    ours.tensors[c10::toString(type)] = toRaw(at::arange(6).reshape({2, 3}).to(type));
  }
  ours.tensors["scalar"] = toRaw(at::tensor(2.5));
  ours.metadata = {{"preset", "conditional-dcgan"}, {"settings", R"({"title": "with \"marks\", and ünïcode"})"}};
  saveTensorFile(folder.path / "ours.safetensors", ours);
  ASSERT_TRUE(python("'" + kTop + "/tests/reference/make_reference.py' --copy '" +
                     (folder.path / "ours.safetensors").string() + "' '" +
                     (folder.path / "theirs.safetensors").string() + "'"));
  const TensorFile theirs = loadTensorFile(folder.path / "theirs.safetensors");
  EXPECT_EQ(theirs.metadata, ours.metadata);
  ASSERT_EQ(theirs.tensors.size(), ours.tensors.size());
  for (const auto& [name, tensor] : ours.tensors) {
    ASSERT_TRUE(theirs.tensors.contains(name)) << name;
    EXPECT_EQ(theirs.tensors.at(name).type, tensor.type) << name;
    EXPECT_EQ(theirs.tensors.at(name).shape, tensor.shape) << name;
    EXPECT_EQ(theirs.tensors.at(name).bytes, tensor.bytes) << name;
  }
}

}  // namespace
}  // namespace loom
