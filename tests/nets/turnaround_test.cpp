#include "core/nets/turnaround.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "core/base/error.h"

namespace loom {
namespace {

Json settings(int size, const Json& changes = Json::object()) {
  Json all = {{"size", size}, {"features", 8}, {"key_depth", 6}};
  all.update(changes);
  return all;
}

std::shared_ptr<TurnaroundNetwork> withWeights(const Json& given, int views, std::uint64_t seed = 1) {
  auto network = makeTurnaround("turnaround", given, views);
  at::Generator random = at::detail::createCPUGenerator(seed);
  initialiseWeights(*network, random);
  return network;
}

/// Characters of `colours` colours each at random places.
IndexedCharacters someCharacters(std::int64_t count, std::int64_t views, std::int64_t size, std::int64_t colours,
                                 at::Generator& random) {
  return {.indices = at::randint(colours, {count, views, size, size}, random, at::kLong),
          .palettes = at::rand({count, colours, 4}, random) * 2 - 1,
          .present = at::ones({count, views})};
}

/// The logits of all views.
at::Tensor turned(TurnaroundNetwork& network, const IndexedCharacters& characters, const at::Tensor& seen) {
  at::Generator random = at::detail::createCPUGenerator(2);
  const at::Tensor all = at::arange(seen.size(1), at::kLong).expand({seen.size(0), -1});
  return turnedLogits(network, characters, seen, all, random);
}

at::Tensor firstSeen(std::int64_t count, std::int64_t views) {
  at::Tensor seen = at::zeros({count, views});
  seen.select(1, 0).fill_(1);
  return seen;
}

TEST(Turnaround, TakesEverySizeAndNumberOfViews) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(1);
  for (int size = 16; size <= 128; size += 8) {
    for (const int views : {2, 4, 8}) {
      if (views != 4 && size > 32) continue;
      SCOPED_TRACE(std::to_string(size) + " x " + std::to_string(views));
      const auto network = withWeights(settings(size), views);
      const at::Tensor logits = turned(*network, someCharacters(2, views, size, 5, random), firstSeen(2, views));
      EXPECT_EQ(logits.sizes(), at::IntArrayRef({2, views, size, size, 5}));
      EXPECT_TRUE(logits.isfinite().all().item<bool>());
    }
  }
}

TEST(Turnaround, RefusesWhatItCannotDraw) {
  EXPECT_THROW(makeTurnaround("turnaround", settings(64), 1), Error);
  EXPECT_THROW(makeTurnaround("turnaround", settings(20), 4), Error);
  EXPECT_THROW(makeTurnaround("turnaround", settings(136), 4), Error);
  EXPECT_THROW(makeTurnaround("turnaround", settings(64, {{"normalisation", "pixel"}}), 4), Error);
  EXPECT_THROW(makeTurnaround("turnaround", settings(64, {{"key_depth", 0}}), 4), Error);
  EXPECT_THROW(makeTurnaround("dcgan", settings(64), 4), Error) << "it has no such part";
  EXPECT_THROW(makeGenerator("turnaround", settings(64), 4), Error);
}

TEST(Turnaround, SeesNothingOfHiddenViews) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(4);
  const auto network = withWeights(settings(16), 4);
  network->eval();
  IndexedCharacters characters = someCharacters(2, 4, 16, 5, random);
  const at::Tensor before = turned(*network, characters, firstSeen(2, 4));
  characters.indices.narrow(1, 1, 3).fill_(0);
  EXPECT_TRUE(turned(*network, characters, firstSeen(2, 4)).equal(before));
  characters.indices[0][0].fill_(1);
  EXPECT_FALSE(turned(*network, characters, firstSeen(2, 4)).equal(before));
}

TEST(Turnaround, MayTrustTheMirrorImageOfAView) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(9);
  const auto network = withWeights(settings(16), 4);
  network->eval();
  const IndexedCharacters characters = someCharacters(2, 4, 16, 5, random);
  const at::Tensor seen = firstSeen(2, 4);
  const auto mirrored = [&] {
    return turned(*network, characters, seen)
        .select(1, 2)
        .argmax(-1)
        .eq(characters.indices.select(1, 0).flip(-1))
        .to(at::kFloat)
        .mean()
        .item<float>();
  };
  EXPECT_LT(mirrored(), .5F) << "before it has learned anything it trusts nothing";
  at::Tensor bias = network->named_parameters()["trust.bias"];  // views x 8 places x 2 x 2
  bias.view({4, 8, 4})[2][4].fill_(100);                        // the third view: the first, mirrored
  EXPECT_EQ(mirrored(), 1);
}

TEST(Turnaround, MixesAllPlaces) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(5);
  const auto network = withWeights(settings(64), 2);
  network->eval();
  const at::Tensor seen = firstSeen(1, 2);
  at::Tensor pictures = at::rand({1, 2, 4, 64, 64}, random);
  const at::Tensor before = network->forward(pictures, seen, random).queries;
  pictures.select(3, 0).select(3, 0).fill_(1);
  const at::Tensor changed = (network->forward(pictures, seen, random).queries - before).abs();
  EXPECT_GT(changed[0][1].select(1, 63).select(1, 63).max().item<float>(), 0) << "a corner tells the opposite one";
}

TEST(Turnaround, WithGroupsJudgesOneCharacterAtATime) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(6);
  IndexedCharacters characters = someCharacters(3, 2, 16, 4, random);
  const IndexedCharacters alone{characters.indices.narrow(0, 0, 1), characters.palettes.narrow(0, 0, 1),
                                characters.present.narrow(0, 0, 1)};
  for (const bool group : {true, false}) {
    const auto network = withWeights(settings(16, {{"normalisation", group ? "group" : "batch"}}), 2);
    const at::Tensor together = turned(*network, characters, firstSeen(3, 2)).narrow(0, 0, 1);
    EXPECT_EQ(at::allclose(turned(*network, alone, firstSeen(1, 2)), together, 1e-4, 1e-4), group);
  }
}

/// Makes the weights of red, green and blue one, so that exchanging them changes nothing.
void levelColours(torch::nn::Module& network, std::int64_t views) {
  const auto weights = network.named_parameters();
  at::Tensor stem = weights["down.0.change.convolution.weight"];  // out x (views twice, 5 channels, 2 x 2) x 3 x 3
  const at::Tensor parts = stem.unflatten(1, {2 * views, 5, 4});
  at::Tensor level = parts.clone();
  level.narrow(2, 0, 3).copy_(parts.narrow(2, 0, 3).mean(2, /*keepdim=*/true).expand_as(parts.narrow(2, 0, 3)));
  stem.copy_(level.flatten(1, 3));
  at::Tensor facts = weights["pointer.first.weight"];
  facts.narrow(1, 0, 3).copy_(facts.narrow(1, 0, 3).mean(1, /*keepdim=*/true).expand({-1, 3}).clone());
}

TEST(Turnaround, OfWeightsThatTreatChannelsAlikeFollowsTheirExchange) {
  const torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(7);
  const auto network = withWeights(settings(16), 4);
  levelColours(*network, 4);
  network->eval();
  const IndexedCharacters characters = someCharacters(3, 4, 16, 6, random);
  IndexedCharacters recoloured = characters;
  recoloured.palettes = characters.palettes.index_select(2, at::tensor({1, 2, 0, 3}, at::kLong));
  const at::Tensor seen = firstSeen(3, 4);
  const at::Tensor one = turned(*network, characters, seen), two = turned(*network, recoloured, seen);
  EXPECT_TRUE(at::allclose(one, two, 1e-4, 1e-4));
  const at::Tensor worn = timesWorn(characters.indices, seen, 6);
  for (const auto choice : {ColourChoice::kLeastDifference, ColourChoice::kLikeliest}) {
    const at::Tensor before = chosenColours(one, characters.palettes, worn, choice);
    const at::Tensor after = chosenColours(two, recoloured.palettes, worn, choice);
    EXPECT_GT(before.eq(after).to(at::kFloat).mean().item<float>(), .999F) << "up to ties";
  }
}

TEST(Turnaround, LearnsFromEveryWeight) {
  at::Generator random = at::detail::createCPUGenerator(8);
  const auto network = withWeights(settings(32), 3);
  const IndexedCharacters characters = someCharacters(4, 3, 32, 5, random);
  const at::Tensor logits = turned(*network, characters, firstSeen(4, 3));
  pointerLoss(logits, characters.indices).backward();
  for (const auto& item : network->named_parameters()) {
    ASSERT_TRUE(item.value().grad().defined()) << item.key();
    EXPECT_GT(item.value().grad().abs().max().item<float>(), 0) << item.key();
  }
}

TEST(Turnaround, KeepsItsWeightsChannelsLast) {
  for (const at::Tensor& weight : makeTurnaround("turnaround", settings(32), 4)->parameters()) {
    if (weight.dim() == 4) {
      EXPECT_TRUE(weight.is_contiguous(at::MemoryFormat::ChannelsLast));
    }
  }
}

}  // namespace
}  // namespace loom
