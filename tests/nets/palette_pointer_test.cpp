#include "core/nets/palette_pointer.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/autocast_mode.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

#include "core/nets/blocks.h"

namespace loom {
namespace {

constexpr std::int64_t kDepth = 6;

/// Two characters of three views, 4 x 4, in palettes of five and three colours.
class PalettePointerTest : public testing::Test {
 protected:
  PalettePointerTest() {
    initialiseWeights(pointer, random);
    characters.indices =
        at::cat({at::randint(5, {1, 3, 4, 4}, random, at::kLong), at::randint(3, {1, 3, 4, 4}, random, at::kLong)});
    characters.palettes = at::rand({2, 5, 4}, random) * 2 - 1;
    characters.present = at::ones({2, 3});
    features = at::randn({2, 3, kDepth, 4, 4}, random);
    queries = at::randn({2, 3, kDepth, 4, 4}, random);
    seen = at::tensor({1.F, 0.F, 1.F, 0.F, 1.F, 0.F}).view({2, 3});
    targets = at::tensor({1, 0, 2, 2}, at::kLong).view({2, 2});
  }
  at::Tensor logits() { return pointer.logits(queries, targets, pointer.keys(characters, features, seen)); }
  /// The same characters with rows of the palettes elsewhere: row `order[k]` becomes row k.
  IndexedCharacters reordered(const at::Tensor& order) const {
    const at::Tensor place = order.argsort();
    return {.indices = place.index_select(0, characters.indices.flatten()).view(characters.indices.sizes()),
            .palettes = characters.palettes.index_select(1, order),
            .present = characters.present};
  }

  torch::NoGradGuard noGrad;
  at::Generator random = at::detail::createCPUGenerator(3);
  std::shared_ptr<PalettePointer> owned = std::make_shared<PalettePointer>(kDepth);  // as modules must be
  PalettePointer& pointer = *owned;
  IndexedCharacters characters;
  at::Tensor features, queries, seen, targets;
};

TEST_F(PalettePointerTest, PaintsAndCountsPixelByPixel) {
  const at::Tensor pictures = painted(characters.indices, characters.palettes);
  const at::Tensor worn = timesWorn(characters.indices, seen, 5);
  ASSERT_EQ(pictures.sizes(), at::IntArrayRef({2, 3, 4, 4, 4}));
  at::Tensor counted = at::zeros({2, 5});
  for (int n = 0; n < 2; ++n) {
    for (int v = 0; v < 3; ++v) {
      for (int y = 0; y < 4; ++y) {
        for (int x = 0; x < 4; ++x) {
          const auto colour = characters.indices[n][v][y][x].item<std::int64_t>();
          EXPECT_TRUE(pictures[n][v].select(1, y).select(1, x).equal(characters.palettes[n][colour]));
          counted[n][colour] += seen[n][v];
        }
      }
    }
  }
  EXPECT_TRUE(worn.equal(counted));
}

TEST_F(PalettePointerTest, GivesTheLogitsThatItsFormulaDoes) {
  at::Tensor shown = shownPixels(seen, 4).clone();
  shown[0][1][2][3] = 1;  // of a view that is not seen, two pixels are shown
  shown[0][1][0][1] = 1;
  const auto weights = pointer.named_parameters();
  const auto layer = [&weights](const std::string& name, const at::Tensor& x) {
    return weights[name + ".weight"].mv(x) + weights[name + ".bias"];
  };
  const at::Tensor given = pointer.logits(queries, targets, pointer.keys(characters, features, shown));
  ASSERT_EQ(given.sizes(), at::IntArrayRef({2, 2, 4, 4, 5}));
  for (int n = 0; n < 2; ++n) {
    for (int k = 0; k < 5; ++k) {
      double worn = 0;
      at::Tensor sum = at::zeros({kDepth});
      for (int v = 0; v < 3; ++v) {
        for (int at = 0; at < 16; ++at) {
          if (shown[n][v][at / 4][at % 4].item<float>() == 0) continue;
          if (characters.indices[n][v][at / 4][at % 4].item<std::int64_t>() != k) continue;
          ++worn;
          sum += features[n][v].select(1, at / 4).select(1, at % 4);
        }
      }
      at::Tensor mean = sum / std::max(worn, 1.0);
      mean = (mean - mean.mean()) / (mean.var(/*unbiased=*/false) + 1e-5).sqrt();
      at::Tensor x = at::cat({characters.palettes[n][k], at::full({1}, std::log1p(worn) / 5), mean});
      x = layer("last", at::silu(layer("second", at::silu(layer("first", x)))));
      const at::Tensor key = x.narrow(0, 0, kDepth) / x.narrow(0, 0, kDepth).norm();
      for (int t = 0; t < 2; ++t) {
        for (int at = 0; at < 16; ++at) {
          const at::Tensor query = queries[n][targets[n][t].item<std::int64_t>()].select(1, at / 4).select(1, at % 4);
          const double wanted = 10 * (query / query.norm()).dot(key).item<double>() + x[kDepth].item<double>();
          const double logit = given[n][t][at / 4][at % 4][k].item<double>();
          if (worn == 0) {
            EXPECT_LT(logit, -5000) << "nobody wears it";
          } else {
            EXPECT_NEAR(logit, wanted, 1e-3) << n << " " << k << " " << t << " " << at;
          }
        }
      }
    }
  }
}

TEST_F(PalettePointerTest, DoesNotCareForTheOrderOfThePalette) {
  const at::Tensor order = at::tensor({3, 0, 4, 1, 2}, at::kLong);
  const at::Tensor before = logits();
  const PaletteKeys keys = pointer.keys(characters, features, seen);
  const IndexedCharacters other = reordered(order);
  const PaletteKeys otherKeys = pointer.keys(other, features, seen);
  const at::Tensor after = pointer.logits(queries, targets, otherKeys);
  EXPECT_TRUE(at::allclose(after, before.index_select(-1, order), 1e-5, 1e-4));
  for (const auto choice : {ColourChoice::kLeastDifference, ColourChoice::kLikeliest}) {
    const at::Tensor one = painted(chosenColours(before, characters.palettes, keys.worn, choice), characters.palettes);
    const at::Tensor two = painted(chosenColours(after, other.palettes, otherKeys.worn, choice), other.palettes);
    EXPECT_TRUE(one.equal(two));
  }
  EXPECT_NEAR(pointerLoss(before, rightColours(characters, targets, keys.worn)).item<double>(),
              pointerLoss(after, rightColours(other, targets, otherKeys.worn)).item<double>(), 1e-4);
}

TEST_F(PalettePointerTest, DoesNotSeeWhatIsHiddenOrPadded) {
  const at::Tensor before = logits();
  characters.indices[0][1].fill_(2);
  features[1][0].fill_(100);
  characters.palettes[1].narrow(0, 3, 2).fill_(.5);  // the second character has three colours
  const at::Tensor after = logits();
  EXPECT_TRUE(after[0].equal(before[0]));
  EXPECT_TRUE(after[1].narrow(-1, 0, 3).equal(before[1].narrow(-1, 0, 3)));
  characters.indices[0][0].fill_(2);
  EXPECT_FALSE(logits().equal(before));
}

TEST_F(PalettePointerTest, StaysFloat32InsideAutocast) {
  const at::Tensor before = logits();
  at::autocast::set_autocast_dtype(at::kCPU, at::kBFloat16);
  at::autocast::set_autocast_enabled(at::kCPU, true);
  const at::Tensor within = logits();
  at::autocast::set_autocast_enabled(at::kCPU, false);
  at::autocast::clear_cache();
  EXPECT_EQ(within.scalar_type(), at::kFloat);
  EXPECT_TRUE(within.equal(before));
}

TEST_F(PalettePointerTest, WantsTheWornColourNearestToTheTrueOne) {
  const at::Tensor worn = timesWorn(characters.indices, seen, 5);
  const at::Tensor right = rightColours(characters, targets, worn);
  for (int n = 0; n < 2; ++n) {
    for (int t = 0; t < 2; ++t) {
      const auto view = targets[n][t].item<std::int64_t>();
      for (int at = 0; at < 16; ++at) {
        const auto truth = characters.indices[n][view][at / 4][at % 4].item<std::int64_t>();
        const auto given = right[n][t][at / 4][at % 4].item<std::int64_t>();
        EXPECT_GT(worn[n][given].item<float>(), 0);
        if (worn[n][truth].item<float>() > 0) {
          EXPECT_EQ(given, truth);
          continue;
        }
        const auto apart = [&](std::int64_t k) {
          return (characters.palettes[n][k] - characters.palettes[n][truth]).abs().sum().item<double>();
        };
        for (int k = 0; k < 5; ++k) {
          if (worn[n][k].item<float>() > 0) {
            EXPECT_LE(apart(given), apart(k) + 1e-6);
          }
        }
      }
    }
  }
}

TEST_F(PalettePointerTest, OfTwoRowsOfOneColourEachIsItsOwn) {
  characters.palettes.select(1, 4).copy_(characters.palettes.select(1, 0));
  const at::Tensor itself = nearestWorn(characters.palettes, at::ones({2, 5}));
  EXPECT_TRUE(itself.equal(at::arange(5, at::kLong).expand({2, -1})));
}

TEST_F(PalettePointerTest, LosesWhatTheLikelihoodSays) {
  const at::Tensor given = pointer.logits(queries, targets, pointer.keys(characters, features, seen));
  const PaletteKeys keys = pointer.keys(characters, features, seen);
  const at::Tensor right = rightColours(characters, targets, keys.worn);
  double sum = 0;
  for (int n = 0; n < 2; ++n) {
    for (int t = 0; t < 2; ++t) {
      for (int at = 0; at < 16; ++at) {
        const at::Tensor row = given[n][t][at / 4][at % 4].to(at::kDouble);
        const auto wanted = right[n][t][at / 4][at % 4].item<std::int64_t>();
        sum += std::log(row.exp().sum().item<double>()) - row[wanted].item<double>();
      }
    }
  }
  EXPECT_NEAR(pointerLoss(given, right).item<double>(), sum / 64, 1e-4);
}

TEST_F(PalettePointerTest, DecidesByLeastExpectedDifferenceOrByLikelihood) {
  const at::Tensor given = at::randn({2, 2, 4, 4, 5}, random) * 2;
  at::Tensor worn = at::ones({2, 5});
  worn[1].narrow(0, 3, 2).zero_();
  at::Tensor shown = given.clone();
  shown[1].narrow(-1, 3, 2).sub_(1e4);
  const at::Tensor least = chosenColours(shown, characters.palettes, worn, ColourChoice::kLeastDifference);
  const at::Tensor likeliest = chosenColours(shown, characters.palettes, worn, ColourChoice::kLikeliest);
  int apart = 0;
  for (int n = 0; n < 2; ++n) {
    const int colours = n == 0 ? 5 : 3;
    for (int t = 0; t < 2; ++t) {
      for (int at = 0; at < 16; ++at) {
        int bestGuess = 0, bestBet = 0;
        double highest = -1e9, cheapest = 1e9;
        const at::Tensor row = given[n][t][at / 4][at % 4].to(at::kDouble);
        for (int k = 0; k < colours; ++k) {
          double cost = 0;
          for (int other = 0; other < colours; ++other) {
            cost += std::exp(row[other].item<double>()) *
                    (characters.palettes[n][k] - characters.palettes[n][other]).abs().sum().item<double>();
          }
          if (cost < cheapest) {
            cheapest = cost;
            bestBet = k;
          }
          if (row[k].item<double>() > highest) {
            highest = row[k].item<double>();
            bestGuess = k;
          }
        }
        EXPECT_EQ(least[n][t][at / 4][at % 4].item<int>(), bestBet);
        EXPECT_EQ(likeliest[n][t][at / 4][at % 4].item<int>(), bestGuess);
        apart += bestBet != bestGuess ? 1 : 0;
      }
    }
  }
  EXPECT_GT(apart, 0) << "the two rules are two";
}

TEST_F(PalettePointerTest, DecisionsFollowARecolouring) {
  const at::Tensor given = at::randn({2, 2, 4, 4, 5}, random) * 2, worn = at::ones({2, 5});
  const at::Tensor channels = at::tensor({2, 0, 1, 3}, at::kLong);
  const at::Tensor turned = characters.palettes.index_select(2, channels);  // all colours stay as far apart
  const at::Tensor other = at::rand({2, 5, 4}, random);
  const auto choose = [&](const at::Tensor& palettes, ColourChoice choice) {
    return chosenColours(given, palettes, worn, choice);
  };
  EXPECT_TRUE(choose(turned, ColourChoice::kLeastDifference)
                  .equal(choose(characters.palettes, ColourChoice::kLeastDifference)));
  EXPECT_TRUE(choose(other, ColourChoice::kLikeliest).equal(choose(characters.palettes, ColourChoice::kLikeliest)));
  EXPECT_FALSE(
      choose(other, ColourChoice::kLeastDifference).equal(choose(characters.palettes, ColourChoice::kLeastDifference)));
}

TEST_F(PalettePointerTest, AddsWhatSpeaksForTheColoursAtTheSamePlaces) {
  at::Tensor shown = shownPixels(seen, 4).clone();
  shown[0][1][2][3] = 1;
  shown[0][0][1][0] = 0;
  const at::Tensor before = at::randn({2, 2, 4, 4, 5}, random), trust = at::randn({2, 2, 6, 4, 4}, random);
  const at::Tensor after = SamePlaces::of(characters, shown).addedTo(before, trust);
  at::Tensor wanted = before.clone();
  for (int n = 0; n < 2; ++n) {
    for (int place = 0; place < 6; ++place) {
      for (int y = 0; y < 4; ++y) {
        for (int x = 0; x < 4; ++x) {
          const int view = place % 3, from = place < 3 ? x : 3 - x;
          if (shown[n][view][y][from].item<float>() == 0) continue;
          const auto colour = characters.indices[n][view][y][from].item<std::int64_t>();
          for (int t = 0; t < 2; ++t) wanted[n][t][y][x][colour] += trust[n][t][place][y][x];
        }
      }
    }
  }
  EXPECT_TRUE(at::allclose(after, wanted, 1e-5, 1e-6));
}

}  // namespace
}  // namespace loom
