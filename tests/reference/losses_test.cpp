#include "core/training/losses.h"

#include <ATen/CPUGeneratorImpl.h>

#include <map>

#include "core/nets/network.h"
#include "core/nets/state.h"
#include "tests/reference/golden.h"

namespace loom {
namespace {

/// One file of a loss: its inputs, and the comparison of what ours make of them.
class ReferenceLosses : public testing::Test {
 protected:
  void open(const std::string& name) { m_file = golden(name); }
  at::Tensor input(const std::string& name) { return numbersOf(m_file, "input." + name); }
  /// An input whose gradient is compared.
  at::Tensor leaf(const std::string& name) { return m_leaves[name] = input(name).requires_grad_(true); }
  /// alpha, and pictures on the scale 0..1.
  at::Tensor share(const std::string& name) { return (input(name) + 1) / 2; }
  const std::string& metadata(const char* name) { return m_file.metadata.at(name); }

  std::shared_ptr<CriticNetwork> critic() {
    const auto network = makeCritic("residual", Json::parse(metadata("settings")), 0);
    loadModule(m_file, "weights.", *network);
    for (auto& item : network->named_parameters()) m_leaves[item.key()] = item.value();
    return network;
  }

  /// Compares the values and then the gradients of their sum.
  void expectAll(const std::map<std::string, at::Tensor>& values) {
    at::Tensor sum = at::zeros({});
    for (const auto& [name, value] : values) {
      expectClose(value, m_file, "value." + name);
      sum = sum + value;
    }
    sum.backward();
    for (const auto& [name, value] : m_leaves) expectClose(value.grad(), m_file, "gradient." + name);
    std::size_t there = 0;
    for (const auto& item : m_file.tensors) {
      if (item.first.starts_with("value.") || item.first.starts_with("gradient.")) ++there;
    }
    EXPECT_EQ(there, values.size() + m_leaves.size()) << "nothing that Python computed is left out";
  }

 private:
  TensorFile m_file;
  std::map<std::string, at::Tensor> m_leaves;
};

TEST_F(ReferenceLosses, CrossEntropyWithSoftLabelsIsPythons) {
  open("loss-binary");
  const at::Tensor labels = input("labels"), spots = leaf("spots");
  expectAll({{"plain", binaryLoss(leaf("scores"), labels)},
             {"by_place", binaryLoss(spots, labels.narrow(0, 0, spots.size(0)), input("weights"))}});
}

TEST_F(ReferenceLosses, WassersteinWithAPenaltyDifferentiatedTwiceIsPythons) {
  open("loss-wasserstein");
  const auto network = critic();
  at::Generator none = at::detail::createCPUGenerator(0);
  const auto score = [&](const at::Tensor& pictures) { return network->forward(pictures, none).score; };
  const at::Tensor real = input("real"), fake = leaf("fake");
  at::Generator places = at::detail::createCPUGenerator(std::stoull(metadata("seed")));
  expectAll({{"critic", meanScore(score(fake.detach())) - meanScore(score(real))},
             {"penalty", 10 * gradientPenalty(score, real, fake.detach(), places)},
             {"generator", -meanScore(score(fake))}});
}

TEST_F(ReferenceLosses, ForegroundWeightsAndSuppressionArePythons) {
  open("loss-foreground");
  const auto network = critic();
  at::Generator none = at::detail::createCPUGenerator(0);
  const auto score = [&](const at::Tensor& pictures) { return network->forward(pictures, none).score; };
  const at::Tensor real = input("real"), fake = leaf("fake"), alpha = share("alpha");
  const auto weighed = [&](const at::Tensor& scores) {
    return meanScore(scores, foregroundWeights(alpha, scores, /*background=*/.1));
  };
  at::Generator places = at::detail::createCPUGenerator(std::stoull(metadata("seed")));
  expectAll({{"critic", weighed(score(fake.detach())) - weighed(score(real))},
             {"penalty", 10 * gradientPenalty(score, real, fake.detach(), places)},
             {"generator", -weighed(score(fake))},
             {"suppression", suppressionLoss(fake, alpha)}});
}

TEST_F(ReferenceLosses, EvidenceLowerBoundIsPythons) {
  open("loss-evidence");
  expectAll({{"reconstruction", reconstructionLoss(leaf("made"), input("wanted"))},
             {"divergence", priorDivergence(leaf("mean"), leaf("log_variance"))}});
}

TEST_F(ReferenceLosses, ModeSeekingIsPythons) {
  open("loss-mode-seeking");
  expectAll({{"loss", modeSeekingLoss(leaf("pictures"), input("latents"))}});
}

TEST_F(ReferenceLosses, NamingTheViewIsPythons) {
  open("loss-views");
  expectAll({{"loss", viewLoss(leaf("logits"), input("views"))}});
}

}  // namespace
}  // namespace loom
