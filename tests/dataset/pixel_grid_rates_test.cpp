// How often the grid of every kind of upscale is found, on sprites of two artists' hands. The benchmark prints the
// table.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "core/dataset/importer_sources.h"
#include "core/dataset/starter.h"
#include "core/image/codec.h"
#include "tests/dataset/zipped_pictures.h"
#include "tests/image/upscale_kinds.h"

namespace loom {
namespace {

constexpr std::uint64_t kSeed = 20;

std::vector<Sprite> starterSprites(int count) {
  std::vector<Sprite> sprites;
  for (int i = 0; i < count; ++i) {
    const StarterCharacter character = starterCharacter(kSeed, static_cast<std::uint64_t>(i));
    const Sprite& view = character.views[static_cast<std::size_t>(i % 4)];
    sprites.push_back(i % 3 == 0 ? cropped(view, opaqueBounds(view)) : view);
  }
  return sprites;
}

std::vector<Sprite> tuxemonSprites() {
  std::vector<Sprite> sprites;
  FileReceiver receiver;
  receiver.picture = [&sprites](FoundPicture found) { sprites.push_back(decodeImage(found.bytes, found.source)); };
  receiver.skip = [](const std::string&, const std::string&) {};
  readArchive(sharedFile("tuxemon-front.zip"), receiver);
  return sprites;
}

/// Every kind on a few sprites in turn, so that together they see most of the set; more of those that hardly may fail.
void expectRates(const std::vector<Sprite>& sprites) {
  constexpr int kMany = 40;
  constexpr int kFew = 5;
  RandomStream random(kSeed);
  std::size_t next = 0;
  for (const UpscaleKind& kind : upscaleKinds()) {
    const int each = kind.target >= 0.99 ? kMany : kFew;
    int right = 0;
    for (int i = 0; i < each; ++i) {
      right += tryUpscale(kind, kind.make(sprites[next++ % sprites.size()], random)).right ? 1 : 0;
    }
    EXPECT_GE(right, std::floor(kind.target * each)) << kind.name << ", seed " << kSeed;
  }
}

TEST(PixelGridRates, HoldOnTheStarterSet) {
  expectRates(starterSprites(40));
}

TEST(PixelGridRates, NativeStarterSpritesStayUntouched) {
  int alarms = 0;
  const std::vector<Sprite> sprites = starterSprites(200);
  for (const Sprite& sprite : sprites) alarms += findPixelGrid(sprite).confidence >= kSureGrid ? 1 : 0;
  EXPECT_LE(alarms, 1);
}

TEST(PixelGridRates, HoldOnTuxemonAndItsNativeSpritesStayUntouched) {
  if (sharedFile("tuxemon-front.zip").empty()) {
    GTEST_SKIP() << "tuxemon-front.zip is not here";
  }
  const std::vector<Sprite> sprites = tuxemonSprites();
  int alarms = 0;
  for (const Sprite& sprite : sprites) alarms += findPixelGrid(sprite).confidence >= kSureGrid ? 1 : 0;
  EXPECT_LT(alarms, 0.01 * static_cast<double>(sprites.size()));
  expectRates(sprites);
}

}  // namespace
}  // namespace loom
