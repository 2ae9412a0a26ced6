#include "core/image/png_text.h"

#include <gtest/gtest.h>

#include <cstring>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/random_stream.h"
#include "core/image/codec.h"
#include "tests/base/temp_folder.h"

namespace loom {
namespace {

Sprite picture() {
  Sprite sprite(5, 4);
  sprite.at(2, 1) = {1, 2, 3, 255};
  return sprite;
}

const std::string kWords = "{\"name\": \"Zoë, \\\"the brave\\\"\"}";

TEST(PngText, TravelsWithThePictureAndChangesNoPixel) {
  const std::vector<std::byte> plain = encodePng(picture());
  const std::vector<std::byte> png = withPngText(plain, "Spriteloom", kWords);
  EXPECT_EQ(pngText(png, "Spriteloom"), kWords);
  EXPECT_EQ(decodeImage(png, "it"), picture());
  EXPECT_FALSE(pngText(plain, "Spriteloom"));
  EXPECT_FALSE(pngText(png, "Sprite")) << "a keyword is whole";
  EXPECT_FALSE(pngText(png, "Spriteloom2"));
}

TEST(PngText, SeveralKeywordsStandBesideEachOther) {
  const std::vector<std::byte> png = withPngText(withPngText(encodePng(picture()), "One", "1"), "Two", "");
  EXPECT_EQ(pngText(png, "One"), "1");
  EXPECT_EQ(pngText(png, "Two"), "");
}

TEST(PngText, IsReadFromAFileAndNothingFromNone) {
  const TempFolder folder;
  writeFileAtomically(folder / "a.png", withPngText(encodePng(picture()), "One", kWords));
  EXPECT_EQ(pngText(folder / "a.png", "One"), kWords);
  EXPECT_FALSE(pngText(folder / "none.png", "One"));
}

TEST(PngText, RefusesWhatIsNoPngAndKeywordsOfWrongLength) {
  const std::vector<std::byte> none(100);
  EXPECT_THROW(withPngText(none, "One", "1"), Error);
  EXPECT_THROW(withPngText(encodePng(picture()), "", "1"), Error);
  EXPECT_THROW(withPngText(encodePng(picture()), std::string(80, 'a'), "1"), Error);
  EXPECT_FALSE(pngText(none, "One"));
}

TEST(PngText, LongerThanIsReadIsNothing) {
  const std::string bomb(static_cast<std::size_t>(limits::kMaxJsonBytes) + 1, 'x');  // packed it is 16 KB
  EXPECT_FALSE(pngText(withPngText(encodePng(picture()), "One", bomb), "One"));
}

TEST(PngText, OfDamagedFilesGivesTheTextOrNothing) {
  const std::vector<std::byte> png = withPngText(encodePng(picture()), "One", kWords);
  for (std::size_t size = 0; size < png.size(); ++size) {
    const auto text = pngText(std::span(png).first(size), "One");
    EXPECT_EQ(text.value_or(kWords), kWords) << size;
  }
  constexpr std::uint64_t kSeed = 11;
  RandomStream random(kSeed);
  for (int i = 0; i < 3000; ++i) {
    std::vector<std::byte> damaged = png;
    for (int k = 0; k < 3; ++k) {
      damaged[random.below(static_cast<std::uint32_t>(damaged.size()))] = static_cast<std::byte>(random.below(256));
    }
    (void)pngText(damaged, "One");  // whatever it says: no crash, no endless loop
  }
}

}  // namespace
}  // namespace loom
