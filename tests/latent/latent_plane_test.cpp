#include "core/latent/latent_plane.h"

#include <gtest/gtest.h>

#include "core/base/error.h"

namespace loom {
namespace {

Latent axis(std::size_t at, float length = 1) {
  Latent vector(5);
  vector[at] = length;
  return vector;
}

void expectNear(const Latent& found, const Latent& wanted) {
  ASSERT_EQ(found.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) EXPECT_NEAR(found[i], wanted[i], 1e-5) << i;
}

TEST(LatentPlane, ReachesSoFarAlongDirectionsThatItMakesOrthonormal) {
  const LatentPlane plane(Latent{1, 1, 1, 1, 1}, axis(0, 3), Latent{4, 2, 0, 0, 0}, 2);
  expectNear(plane.at({0, 0}), {1, 1, 1, 1, 1});
  expectNear(plane.at({1, 0}), {3, 1, 1, 1, 1});
  expectNear(plane.at({0, -.5}), {1, 0, 1, 1, 1});
}

TEST(LatentPlane, FindsThePlaceOfALatentAndMovesItAlongThePlaneAlone) {
  const LatentPlane plane(Latent(5), axis(0), axis(1), 4);
  const Latent off = {2, -1, 7, 0, 0};
  const PlanePoint place = plane.nearest(off);
  EXPECT_NEAR(place.x, .5, 1e-6);
  EXPECT_NEAR(place.y, -.25, 1e-6);
  expectNear(plane.moved(off, place), off);
  expectNear(plane.moved(off, {-1, 1}), {-4, 4, 7, 0, 0});
  EXPECT_EQ(plane.nearest({90, -90, 0, 0, 0}), (PlanePoint{1, -1}));
}

TEST(LatentPlane, GoesThroughThreeCharacters) {
  const Latent first = {0, 0, 1, 0, 0}, second = {2, 0, 1, 0, 0}, third = {1, 2, 1, 0, 0};
  const LatentPlane plane = LatentPlane::through(first, second, third);
  for (const Latent& character : {first, second, third}) expectNear(plane.at(plane.nearest(character)), character);
  EXPECT_LT(plane.nearest(first).x, plane.nearest(second).x);
  EXPECT_LT(plane.nearest(first).y, plane.nearest(third).y);
}

TEST(LatentPlane, RefusesDirectionsInOneLine) {
  EXPECT_THROW(LatentPlane(Latent(5), axis(0), axis(0, -2), 1), Error);
  EXPECT_THROW(LatentPlane(Latent(5), Latent(5), axis(0), 1), Error);
  EXPECT_THROW(LatentPlane(Latent(5), axis(0), Latent(4), 1), Error);
}

TEST(LatentPlane, HasTheMiddlesOfItsCellsRowByRow) {
  const auto cells = LatentPlane::cells(2, 3);
  ASSERT_EQ(cells.size(), 6U);
  EXPECT_EQ(cells[0].x, -.5);
  EXPECT_NEAR(cells[0].y, -2. / 3, 1e-12);
  EXPECT_EQ(cells[1].x, .5);
  EXPECT_NEAR(cells[4].y, 2. / 3, 1e-12);
}

}  // namespace
}  // namespace loom
