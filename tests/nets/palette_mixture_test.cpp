#include "core/nets/palette_mixture.h"

#include <ATen/CPUGeneratorImpl.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

namespace loom {
namespace {

constexpr std::int64_t kCharacters = 2, kViews = 3, kColours = 5, kSide = 4;
constexpr double kWidth = .1;

struct Case {
  PaletteMixture mixture;
  at::Tensor pictures;  ///< N x V x 4 x S x S
};

const at::Tensor kAll = at::ones({kCharacters, kViews});

Case someCase(std::uint64_t seed) {
  at::Generator random = at::detail::createCPUGenerator(seed);
  Case made;
  made.mixture.logits = at::randn({kCharacters * kViews * kSide * kSide, kColours}, random) * 2;
  made.mixture.palette = at::rand({kCharacters, kColours, 4}, random) * 2 - 1;
  made.mixture.palette.select(2, 3).fill_(1);
  made.mixture.palette.select(1, 0).fill_(-1);
  made.pictures = at::rand({kCharacters, kViews, 4, kSide, kSide}, random) * 2 - 1;
  at::Tensor alpha = made.pictures.select(2, 3);
  alpha.copy_(alpha.gt(.2).to(at::kFloat) * 2 - 1);
  made.pictures = at::where(alpha.unsqueeze(2).gt(0), made.pictures, at::full({}, -1.F));
  return made;
}

/// The logits of one pixel: what the header says of the order of rows.
at::Tensor logitsAt(const PaletteMixture& mixture, std::int64_t n, std::int64_t view, std::int64_t y, std::int64_t x) {
  const std::int64_t half = kSide / 2;
  const std::int64_t row = ((((n * half + y / 2) * half + x / 2) * 2 + y % 2) * 2 + x % 2) * kViews + view;
  return mixture.logits[row];
}

TEST(PaletteMixture, RowsAndPicturesAreTheSamePixels) {
  const at::Tensor pictures =
      at::arange(kCharacters * kViews * 3 * kSide * kSide).view({kCharacters, kViews, 3, kSide, kSide});
  const at::Tensor rows = asRows(pictures);
  EXPECT_EQ(rows.sizes(), (std::vector<std::int64_t>{kCharacters * kViews * kSide * kSide, 3}));
  EXPECT_TRUE(asPictures(rows, kViews, kSide).equal(pictures));
}

TEST(PaletteMixture, LossIsThatOfEachPixelAddedUp) {
  const Case one = someCase(3);
  const at::Tensor loss = mixtureLoss(one.mixture, one.pictures, kAll, kWidth);
  for (std::int64_t n = 0; n < kCharacters; ++n) {
    double expected = 0;
    for (std::int64_t place = 0; place < kViews * kSide * kSide; ++place) {
      const std::int64_t view = place / (kSide * kSide), y = place / kSide % kSide, x = place % kSide;
      const at::Tensor share = logitsAt(one.mixture, n, view, y, x).softmax(0);
      double likely = 0;
      for (std::int64_t k = 0; k < kColours; ++k) {
        double apart = 0;
        for (std::int64_t c = 0; c < 4; ++c) {
          apart +=
              std::abs(one.pictures[n][view][c][y][x].item<double>() - one.mixture.palette[n][k][c].item<double>());
        }
        likely += share[k].item<double>() * std::exp(-apart / kWidth);
      }
      expected -= std::log(likely);
    }
    EXPECT_NEAR(loss[n].item<double>(), expected, 1e-4 * expected);
  }
}

TEST(PaletteMixture, AViewThatIsNotThereCountsForNothing) {
  Case one = someCase(8);
  one.pictures.select(1, 2).fill_(-1);
  at::Tensor present = kAll.clone();
  present.select(1, 2).fill_(0);
  const at::Tensor before = mixtureLoss(one.mixture, one.pictures, present, kWidth);
  EXPECT_TRUE((mixtureLoss(one.mixture, one.pictures, kAll, kWidth) > before).all().item<bool>());
  one.mixture.logits.view({-1, kViews, kColours}).select(1, 2).mul_(-3);
  EXPECT_TRUE(at::allclose(mixtureLoss(one.mixture, one.pictures, present, kWidth), before));
}

TEST(PaletteMixture, OrderOfThePaletteDoesNotMatter) {
  const Case one = someCase(4);
  const at::Tensor order = at::tensor({0, 3, 1, 4, 2}, at::kLong);  // the transparent colour stays first
  const PaletteMixture other{.logits = one.mixture.logits.index_select(1, order),
                             .palette = one.mixture.palette.index_select(1, order)};
  EXPECT_TRUE(at::allclose(mixtureLoss(one.mixture, one.pictures, kAll, kWidth),
                           mixtureLoss(other, one.pictures, kAll, kWidth)));
  EXPECT_TRUE(likeliest(one.mixture, kViews, kSide).equal(likeliest(other, kViews, kSide)));
}

TEST(PaletteMixture, LikeliestIsACleanPictureOfItsColours) {
  Case one = someCase(5);
  const at::Tensor pictures = likeliest(one.mixture, kViews, kSide);
  for (std::int64_t n = 0; n < kCharacters; ++n) {
    for (std::int64_t place = 0; place < kViews * kSide * kSide; ++place) {
      const std::int64_t view = place / (kSide * kSide), y = place / kSide % kSide, x = place % kSide;
      const std::int64_t k = logitsAt(one.mixture, n, view, y, x).argmax().item<std::int64_t>();
      EXPECT_TRUE(pictures[n][view].select(1, y).select(1, x).equal(one.mixture.palette[n][k]));
    }
  }
}

TEST(PaletteMixture, AStepDownTheGradientOfLogitsAndOfColoursLowersTheLoss) {
  Case one = someCase(6);
  one.mixture.logits.requires_grad_();
  one.mixture.palette.requires_grad_();
  const at::Tensor before = mixtureLoss(one.mixture, one.pictures, kAll, kWidth).sum();
  before.backward();
  const torch::NoGradGuard noGrad;
  PaletteMixture logitsMoved = one.mixture, coloursMoved = one.mixture;
  logitsMoved.logits = one.mixture.logits - .1 * one.mixture.logits.grad();
  coloursMoved.palette = one.mixture.palette - 1e-4 * one.mixture.palette.grad();
  EXPECT_LT(mixtureLoss(logitsMoved, one.pictures, kAll, kWidth).sum().item<float>(), before.item<float>());
  EXPECT_LT(mixtureLoss(coloursMoved, one.pictures, kAll, kWidth).sum().item<float>(), before.item<float>());
}

}  // namespace
}  // namespace loom
