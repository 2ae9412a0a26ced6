#include "core/evaluate/view_classifier.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <algorithm>
#include <numeric>

#include "core/base/error.h"
#include "core/evaluate/feature_space.h"
#include "tests/evaluate/small_sprites.h"

namespace loom {
namespace {

using test::smallSprites;

constexpr int kSide = 32;

at::Tensor picturesOf(const SpriteSet& set) {
  return spritePictures(set.sprites, kSide);
}

TEST(ViewClassifier, KnowsTheViewsOfCharactersItHasNotSeen) {
  const SpriteSet training = smallSprites(0, 40, kSide), other = smallSprites(100, 10, kSide);
  const ViewClassifier judge(picturesOf(training), training.views);
  const std::vector<double> right = judge.right(picturesOf(other), other.views);
  ASSERT_EQ(right.size(), other.size());
  EXPECT_GE(std::reduce(right.begin(), right.end()), 36) << "of 40; forty characters are few to learn from";
}

TEST(ViewClassifier, ToldWrongViewsFindsNoneRight) {
  const SpriteSet training = smallSprites(0, 40, kSide);
  SpriteSet other = smallSprites(100, 10, kSide);
  const ViewClassifier judge(picturesOf(training), training.views);
  std::ranges::replace(other.views, "back", "above");  // a view that it never saw
  for (std::string& view : other.views) view = view == "left" ? "right" : view == "right" ? "left" : view;
  const std::vector<double> right = judge.right(picturesOf(other), other.views);
  EXPECT_LE(std::reduce(right.begin(), right.end()), 13) << "the fronts are, and a few by mistake";
}

TEST(ViewClassifier, NeedsTwoViews) {
  SpriteSet training = smallSprites(0, 4, kSide);
  training.views.assign(training.size(), "front");
  EXPECT_THROW(ViewClassifier(picturesOf(training), training.views), Error);
}

}  // namespace
}  // namespace loom
