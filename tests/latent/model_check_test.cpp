#include "core/latent/model_check.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>

#include "core/base/error.h"
#include "tests/latent/tiny_model.h"

namespace loom {
namespace {

using test::tinyAutoencoder;
using test::tinyModel;
using test::tinyTurnaround;

void spoil(RawTensor& tensor) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  std::memcpy(tensor.bytes.data(), &nan, sizeof nan);
}

TEST(CheckedWeights, KeepWhatTheNetworksHaveAndNothingElse) {
  for (const auto& model : {tinyModel(), tinyAutoencoder(false), tinyAutoencoder(true), tinyTurnaround()}) {
    TensorFile file = model->weights;
    file.tensors["generator.stowaway"] = file.tensors.begin()->second;
    file.tensors["something.else"] = file.tensors.begin()->second;
    const TensorFile checked = checkedWeights(*model, file, "a.safetensors");
    ASSERT_EQ(checked.tensors.size(), model->weights.tensors.size());
    for (const auto& [name, tensor] : model->weights.tensors) {
      ASSERT_TRUE(checked.tensors.contains(name)) << name;
      EXPECT_EQ(checked.tensors.at(name).bytes, tensor.bytes) << name;
    }
  }
}

TEST(CheckedWeights, RefuseATurnaroundThatIsNotWhole) {
  const auto model = tinyTurnaround();
  TensorFile file = model->weights;
  file.tensors.erase("turnaround.pointer.score.strength");
  EXPECT_THROW(checkedWeights(*model, file, "a.safetensors"), Error);
  file = model->weights;
  spoil(file.tensors.at("turnaround.query.weight"));
  EXPECT_THROW(checkedWeights(*model, file, "a.safetensors"), Error);
}

TEST(CheckedWeights, RefuseWhatDoesNotFitTheNetworks) {
  const auto model = tinyAutoencoder(false);
  for (const char* prefix : {"generator.", "encoder."}) {
    TensorFile file = model->weights;
    file.tensors.erase(file.tensors.lower_bound(prefix));
    EXPECT_THROW(checkedWeights(*model, file, "a.safetensors"), Error) << prefix << " lacks one";
    file = model->weights;
    auto& shape = file.tensors.lower_bound(prefix)->second.shape;
    shape.push_back(1);
    EXPECT_THROW(checkedWeights(*model, file, "a.safetensors"), Error) << prefix << " has another shape";
    file = model->weights;
    spoil(file.tensors.lower_bound(prefix)->second);
    EXPECT_THROW(checkedWeights(*model, file, "a.safetensors"), Error) << prefix << " is no number";
  }
}

TEST(CheckedWeights, RefuseAPriorThatCannotBeUsed) {
  const auto model = tinyAutoencoder(false);
  TensorFile file = model->weights;
  file.tensors.erase("prior.mean");
  EXPECT_THROW(checkedWeights(*model, file, "a.safetensors"), Error);
  file = model->weights;
  spoil(file.tensors["prior.factor"]);
  EXPECT_THROW(checkedWeights(*model, file, "a.safetensors"), Error);
}

}  // namespace
}  // namespace loom
