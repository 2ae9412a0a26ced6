#include "core/latent/character_inversion.h"

#include <gtest/gtest.h>

#include <numeric>

#include "core/base/error.h"
#include "tests/latent/tiny_model.h"

namespace loom {
namespace {

/// A character that the model itself draws.
std::vector<Sprite> drawnFrom(const Latent& latent) {
  SpriteGenerator generator(test::tinyHero());
  std::vector<int> views(generator.model().views.size());
  std::iota(views.begin(), views.end(), 0);
  return generator.generate(std::vector<Latent>(views.size(), latent), views);
}

FoundCharacter found(const std::vector<Sprite>& views, const CharacterInversionOptions& options,
                     const CharacterInverter::Watcher& watcher = {}) {
  JobMonitor monitor;
  return CharacterInverter(test::tinyHero()).find(views, options, monitor, watcher);
}

TEST(CharacterInversion, ComesNearerThanTheEncoderAlone) {
  const std::vector<Sprite> wanted = drawnFrom(sampleLatent(3, 0, 6));
  const FoundCharacter begun = found(wanted, {.steps = 0}), searched = found(wanted, {.steps = 150, .rate = .1});
  EXPECT_LT(searched.l1, begun.l1);
  EXPECT_GT(searched.accuracy, begun.accuracy);
  EXPECT_EQ(searched.sprites.size(), 3U);
  EXPECT_EQ(drawnFrom(searched.latent), searched.sprites) << "its latent draws what is shown";
}

TEST(CharacterInversion, GoesByTheViewsThatThereAre) {
  std::vector<Sprite> front = drawnFrom(sampleLatent(3, 0, 6));
  front[0] = front[1] = {};
  const FoundCharacter one = found(front, {.steps = 60, .rate = .1});
  const std::vector<Sprite> drawn = drawnFrom(one.latent);
  EXPECT_EQ(drawn, one.sprites);
  std::vector<Sprite> other = front;
  other[1] = Sprite(16, 16);
  EXPECT_NE(found(other, {.steps = 60, .rate = .1}).latent, one.latent) << "an empty picture is a view as any other";
}

TEST(CharacterInversion, ShowsWhatItHasSoFarAndCanBeStopped) {
  const std::vector<Sprite> wanted = drawnFrom(sampleLatent(3, 0, 6));
  int shown = 0;
  found(wanted, {.steps = 30}, [&shown](const std::vector<Sprite>& sprites, int step) {
    EXPECT_EQ(sprites.size(), 3U);
    EXPECT_LE(step, 30);
    ++shown;
  });
  EXPECT_GE(shown, 3);
  std::stop_source stop;
  JobMonitor monitor(stop.get_token(), {});
  stop.request_stop();
  EXPECT_THROW(CharacterInverter(test::tinyHero()).find(wanted, {}, monitor), Cancelled);
}

TEST(CharacterInversion, ASpriteGoesThroughTheEncoderAsTheOnlyViewKnown) {
  const std::vector<Sprite> wanted = drawnFrom(sampleLatent(3, 0, 6));
  CharacterInverter inverter(test::tinyHero());
  const Reconstruction made = inverter.reconstruct(wanted[2], 2, {}, 0);
  EXPECT_EQ(made.view, 2);
  EXPECT_EQ(drawnFrom(made.latent)[2], made.sprite);
  EXPECT_EQ(made.shown, wanted[2]);
  EXPECT_EQ(made.latent, found({{}, {}, wanted[2]}, {.steps = 0}).latent);
  const Reconstruction noisy = inverter.reconstruct(wanted[2], 2, {.noise = 1, .seed = 4}, 0);
  EXPECT_NE(noisy.shown, wanted[2]);
  EXPECT_NE(noisy.latent, inverter.reconstruct(wanted[2], 2, {.noise = 1, .seed = 4}, 1).latent);
  EXPECT_THROW(inverter.reconstruct(wanted[2], 3, {}, 0), Error);
}

TEST(CharacterInversion, FindsTheSameAgain) {
  const std::vector<Sprite> wanted = drawnFrom(sampleLatent(4, 0, 6));
  EXPECT_EQ(found(wanted, {.steps = 20}).latent, found(wanted, {.steps = 20}).latent);
}

TEST(CharacterInversion, RefusesWhatItCannotLookFor) {
  JobMonitor monitor;
  EXPECT_THROW(CharacterInverter{test::tinyModel()}, Error);
  EXPECT_THROW(found({Sprite(16, 16)}, {}), Error) << "one picture for three views";
  EXPECT_THROW(found(std::vector<Sprite>(3), {}), Error) << "no view is there";
  EXPECT_THROW(found(drawnFrom(sampleLatent(4, 0, 6)), {.rate = 0}), Error);
}

}  // namespace
}  // namespace loom
