#include <ATen/CPUGeneratorImpl.h>

#include <map>
#include <set>

#include "core/nets/network.h"
#include "core/nets/state.h"
#include "core/nets/turnaround.h"
#include "tests/reference/golden.h"

namespace loom {
namespace {

/// One part of a network, whichever it is, with its outputs by the names that the files use.
struct Built {
  std::shared_ptr<torch::nn::Module> module;
  std::map<std::string, at::Tensor> inputs;
  std::function<std::map<std::string, at::Tensor>()> run;
};

Built build(const TensorFile& file) {
  const std::string network = file.metadata.at("network"), part = file.metadata.at("part");
  const Json settings = Json::parse(file.metadata.at("settings"));
  const int views = std::stoi(file.metadata.at("views"));
  at::Generator random = at::detail::createCPUGenerator(0);
  Built built;
  const std::string prefix = "input.";
  for (const auto& item : file.tensors) {
    if (item.first.starts_with(prefix)) built.inputs[item.first.substr(prefix.size())] = numbersOf(file, item.first);
  }
  if (part == "generator") {
    const auto generator = makeGenerator(network, settings, views);
    built.module = generator;
    built.run = [generator, random, in = built.inputs]() mutable -> std::map<std::string, at::Tensor> {
      return {{"pictures", generator->forward(in.at("latent"), in["view"], random)}};
    };
    return built;
  }
  if (part == "turnaround") {
    const auto turnaround = makeTurnaround(network, settings, views);
    built.module = turnaround;
    built.run = [turnaround, random, views, in = built.inputs]() mutable -> std::map<std::string, at::Tensor> {
      const at::Tensor& seen = in.at("seen");
      const IndexedCharacters characters{in.at("indices").to(at::kLong), in.at("palettes"), at::ones_like(seen)};
      const at::Tensor all = at::arange(views, at::kLong).expand({seen.size(0), -1});
      return {{"logits", turnedLogits(*turnaround, characters, seen, all, random)}};
    };
    return built;
  }
  at::Tensor pictures = built.inputs.at("pictures");
  if (part == "critic") {
    pictures.requires_grad_(true);
    const auto critic = makeCritic(network, settings, views);
    built.module = critic;
    built.run = [critic, random, pictures]() mutable -> std::map<std::string, at::Tensor> {
      const Verdict verdict = critic->forward(pictures, random);
      return {{"score", verdict.score}, {"views", verdict.views}};
    };
    return built;
  }
  const auto encoder = makeEncoder(network, settings);
  built.module = encoder;
  built.run = [encoder, random, pictures]() mutable -> std::map<std::string, at::Tensor> {
    const Code code = encoder->forward(pictures, random);
    return {{"mean", code.mean}, {"log_variance", code.logVariance}};
  };
  return built;
}

class ReferenceNetworks : public testing::TestWithParam<std::string> {};

TEST_P(ReferenceNetworks, GiveTheOutputsAndGradientsOfPython) {
  const TensorFile file = golden(GetParam());
  const Built built = build(file);
  loadModule(file, "weights.", *built.module);
  built.module->train(file.metadata.at("training") == "1");
  EXPECT_EQ(std::to_string(parameterCount(*built.module)), file.metadata.at("parameters"));

  at::Tensor total = at::zeros({});
  for (const auto& [name, output] : built.run()) {
    EXPECT_EQ(output.defined(), file.tensors.contains("output." + name)) << name;
    if (!output.defined()) continue;
    expectClose(output, file, "output." + name);
    total = total + (output * numbersOf(file, "cotangent." + name)).sum();
  }
  total.backward();

  std::size_t gradients = 0;
  for (const auto& item : built.module->named_parameters()) {
    expectClose(item.value().grad(), file, "gradient." + item.key());
    ++gradients;
  }
  if (file.tensors.contains("gradient.pictures")) {
    expectClose(built.inputs.at("pictures").grad(), file, "gradient.pictures");
    ++gradients;
  }
  EXPECT_EQ(std::count_if(file.tensors.begin(), file.tensors.end(),
                          [](const auto& item) { return item.first.starts_with("gradient."); }),
            static_cast<std::ptrdiff_t>(gradients));
  for (const auto& item : built.module->named_buffers()) {
    if (item.key().find("running") != std::string::npos) expectClose(item.value(), file, "after." + item.key());
  }
}

TEST_P(ReferenceNetworks, HaveTheWeightsOfPythonAndNoOthers) {
  const TensorFile file = golden(GetParam());
  TensorFile own;
  saveModule(own, "weights.", *build(file).module);
  std::set<std::string> ours, theirs;
  for (const auto& item : own.tensors) ours.insert(item.first);
  for (const auto& item : file.tensors) {
    if (item.first.starts_with("weights.")) theirs.insert(item.first);
  }
  EXPECT_EQ(ours, theirs);
}

INSTANTIATE_TEST_SUITE_P(Golden, ReferenceNetworks, testing::ValuesIn(goldenNames("network")), [](const auto& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST(ReferenceNetworks, CoverEveryPartOfEveryNetwork) {
  std::set<std::string> covered, all;
  for (const std::string& name : goldenNames("network")) {
    const auto metadata = loadTensorMetadata(goldenFolder() / (name + ".safetensors"));
    covered.insert(metadata.at("network") + " " + metadata.at("part"));
  }
  for (const std::string& network : networkNames()) {
    // What a hero draws is the likeliest colour, which has no slope; its likelihood is held to brute force
    // (tests/nets/palette_mixture_test.cpp), its parts are those of the other networks.
    if (networkHasGenerator(network) && network != "hero") all.insert(network + " generator");
    if (networkHasCritic(network)) all.insert(network + " critic");
    if (networkHasEncoder(network)) all.insert(network + " encoder");
    if (networkHasTurnaround(network)) all.insert(network + " turnaround");
  }
  EXPECT_EQ(covered, all);
}

}  // namespace
}  // namespace loom
