#include "core/dataset/csv_pictures.h"

#include <gtest/gtest.h>

#include <sstream>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/random_stream.h"
#include "core/dataset/csv_writer.h"
#include "core/dataset/starter.h"
#include "core/image/edit.h"
#include "tests/base/temp_folder.h"
#include "tests/dataset/made_csv.h"
#include "tests/dataset/made_files.h"

namespace loom {
namespace {

std::vector<CsvPicture> readAll(const std::string& text, const CsvOptions& options = {}, CsvLayout* layout = nullptr) {
  std::istringstream stream(text);
  CsvPictures pictures(stream, "test.csv", options);
  if (layout != nullptr) *layout = pictures.layout();
  std::vector<CsvPicture> all;
  for (CsvPicture picture; pictures.next(picture);) all.push_back(picture);
  return all;
}

/// Drawn characters at `side` pixels, one view after the other.
std::vector<Sprite> drawn(int count, int side, std::uint64_t seed) {
  std::vector<Sprite> sprites;
  for (int number = 0; number < count; ++number) {
    const StarterCharacter character = starterCharacter(seed, static_cast<std::uint64_t>(number));
    sprites.push_back(fittedTo(character.views[static_cast<std::size_t>(number) % 4], side).sprite);
  }
  return sprites;
}

/// What is left of a sprite once it has been through that many channels.
Sprite through(const Sprite& sprite, int channels) {
  return spriteFromChannels(channelValues(sprite, channels), sprite.width(), sprite.height(), channels);
}

void expectPictures(const std::vector<CsvPicture>& read, const std::vector<Sprite>& sprites, int channels) {
  ASSERT_EQ(read.size(), sprites.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    ASSERT_EQ(read[i].problem, "") << "row " << read[i].row;
    ASSERT_EQ(read[i].sprite, through(sprites[i], channels)) << "row " << read[i].row;
  }
}

TEST(CsvPictures, EveryLayoutIsToldFromItsFirstRows) {
  const std::vector<Sprite> sprites = drawn(4, 32, 7);
  const std::vector<std::string> labels{"back", "left", "front", "right"};
  int combinations = 0;
  for (const std::string separator : {",", ";", "\t", " ", ", "}) {
    for (const MadeHeader header : {MadeHeader::kNone, MadeHeader::kNames, MadeHeader::kCounted}) {
      for (const int label : {-1, 0, 1}) {
        for (const int channels : {1, 2, 3, 4}) {
          for (const bool planar : {false, true}) {
            if (planar && channels == 1) continue;
            const bool other = ++combinations % 2 == 0;  // half of them the one way, half the other
            const MadeCsv made{.separator = separator,
                               .lineEnd = other ? "\r\n" : "\n",
                               .header = header,
                               .label = label,
                               .channels = channels,
                               .planar = planar,
                               .unit = combinations % 3 == 0,
                               .decimalComma = separator == ";",
                               .quoted = combinations % 5 == 0};
            SCOPED_TRACE(testing::Message() << "separator '" << separator << "' header " << static_cast<int>(header)
                                            << " label " << label << " channels " << channels << " planar " << planar
                                            << " unit " << made.unit << " quoted " << made.quoted);
            CsvLayout layout;
            const auto read = readAll(madeCsv(made, sprites, labels), {}, &layout);
            EXPECT_EQ(layout.separator, separator[0]);
            EXPECT_EQ(layout.header, header != MadeHeader::kNone);
            EXPECT_EQ(layout.label, label < 0 ? CsvLabel::kFirst : label > 0 ? CsvLabel::kLast : CsvLabel::kNone);
            EXPECT_EQ(layout.channels, channels);
            EXPECT_EQ(layout.planar, planar);
            EXPECT_EQ(layout.unit, made.unit);
            expectPictures(read, sprites, channels);
            if (label != 0 && read.size() == labels.size()) {
              for (std::size_t i = 0; i < read.size(); ++i) EXPECT_EQ(read[i].label, labels[i]);
            }
          }
        }
      }
    }
  }
  EXPECT_EQ(combinations, 5 * 3 * 3 * 7);
}

TEST(CsvPictures, ANumberTooManyIsTheLabelAtEitherEnd) {
  const std::vector<Sprite> sprites = drawn(8, 20, 3);
  const std::vector<std::string> labels{"0", "1", "2", "3", "0", "1", "2", "3"};
  for (const int label : {-1, 1}) {
    for (const int channels : {1, 3, 4, 2}) {
      SCOPED_TRACE(testing::Message() << "label " << label << " channels " << channels);
      CsvLayout layout;
      const auto read = readAll(madeCsv({.label = label, .channels = channels}, sprites, labels), {}, &layout);
      EXPECT_EQ(layout.label, label < 0 ? CsvLabel::kFirst : CsvLabel::kLast);
      expectPictures(read, sprites, channels);
      for (std::size_t i = 0; i < read.size(); ++i) EXPECT_EQ(read[i].label, labels[i]);
    }
  }
}

TEST(CsvPictures, OneRowIsEnough) {
  const std::vector<Sprite> sprites = drawn(1, 32, 5);
  for (const int channels : {1, 3, 4}) {
    expectPictures(readAll(madeCsv({.channels = channels}, sprites, std::vector<std::string>{""})), sprites, channels);
  }
  const auto read = readAll("0,255,128,7");  // no line end either
  ASSERT_EQ(read.size(), 1U);
  ASSERT_EQ(read[0].sprite.width(), 2);
  EXPECT_EQ(read[0].sprite.at(0, 1), (Rgba{128, 128, 128, 255}));
}

TEST(CsvPictures, PandasNumbersOfRowsAndColumnsAreLeftOut) {
  std::string text = ",0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n";
  std::string labelled = ",label,0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15\n";
  for (int row = 0; row < 3; ++row) {
    std::string values;
    for (int i = 0; i < 16; ++i) values += "," + std::to_string(100 + row) + ".0";
    text += std::to_string(row) + values + "\n";
    labelled += std::to_string(row) + ",knight " + std::to_string(row) + values + "\n";
  }
  CsvLayout layout;
  auto read = readAll(text, {}, &layout);
  EXPECT_TRUE(layout.numbered);
  EXPECT_EQ(layout.label, CsvLabel::kNone);
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[2].sprite.at(3, 3), (Rgba{102, 102, 102, 255}));
  read = readAll(labelled, {}, &layout);
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[1].label, "knight 1");
  EXPECT_EQ(read[1].sprite.width(), 4);
}

TEST(CsvPictures, AHeaderThatNamesPixelsSaysSizeAndChannels) {
  const auto read = readAll("label,1x1,1x2,1x3,2x1,2x2,2x3\n5,10,20,30,40,50,60\n");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].label, "5");
  ASSERT_EQ(read[0].sprite.width(), 3);
  ASSERT_EQ(read[0].sprite.height(), 2);
  EXPECT_EQ(read[0].sprite.at(2, 1).r, 60);
}

TEST(CsvPictures, WhatIsToldIsNotDecided) {
  const std::vector<Sprite> noise{sampleSprite(1, 6, 2), sampleSprite(2, 6, 2)};
  const std::vector<std::string> labels{"1", "2"};
  for (const bool planar : {false, true}) {
    const std::string text = madeCsv({.label = 1, .channels = 4, .planar = planar}, noise, labels);
    const auto read =
        readAll(text, {.width = 6, .height = 2, .channels = 4, .label = CsvLabel::kLast, .planar = planar});
    expectPictures(read, noise, 4);
    EXPECT_EQ(read[1].label, "2");
  }
  EXPECT_THROW(readAll("1,2,3,4,5\n", {.width = 4, .height = 4}), Error);
}

TEST(CsvPictures, ABadRowIsToldAndTheOthersGoOn) {
  const std::string text =
      "label,p0,p1,p2,p3\n"
      "a,1,2,3,4\n"
      "b,1,2,3\n"
      "c,1,2,3,4,5\n"
      "d,1,x,3,4\n"
      "\n"
      "e,1,,3,4\n"
      "f,1,2,256,4\n"
      "g,1,-2,3,4\n"
      "h,1,2,nan,4\n"
      "i,1,1e300,3,4\n"
      "\"j,1,2,3,4\n"
      "k,200,2,3,4\n";
  const auto read = readAll(text);
  ASSERT_EQ(read.size(), 11U);
  const std::vector<std::pair<int, std::string>> expected = {
      {2, ""},
      {3, "it has 3 values where the others have 4"},
      {4, "it has 5 values where the others have 4"},
      {5, "value 2 is 'x', which is no number"},
      {7, "value 2 is empty"},
      {8, "value 3 is '256', and this file's values are 0 to 255"},
      {9, "value 2 is '-2', and this file's values are 0 to 255"},
      {10, "value 3 is 'nan', which is no number"},
      {11, "value 2 is '1e300', and this file's values are 0 to 255"},
      {12, ""},
      {13, ""}};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(read[i].row, expected[i].first);
    EXPECT_EQ(read[i].problem, expected[i].second);
    EXPECT_EQ(read[i].sprite.empty(), !expected[i].second.empty());
  }
  EXPECT_EQ(read[9].label, "\"j") << "a quote that is never closed spoils nothing else";
  EXPECT_EQ(read[10].sprite.at(0, 0).r, 200);
}

TEST(CsvPictures, QuotedLabelsMayHoldSeparatorsAndQuotes) {
  const auto read = readAll("\"Knight, the \"\"Bold\"\"\",9,9,9,9\r\n\" x \",9,9,9,9\r\n\xC3\xA9\xFF,9,9,9,9\r\n");
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[0].label, "Knight, the \"Bold\"");
  EXPECT_EQ(read[1].label, " x ");
  EXPECT_EQ(read[2].label, "\xC3\xA9\xEF\xBF\xBD") << "valid UTF-8 whatever the file holds";
  for (const CsvPicture& picture : read) EXPECT_EQ(picture.problem, "");
}

TEST(CsvPictures, ByteOrderMarkOldLineEndsAndOpenEndsAreRead) {
  for (const std::string text : {"\xEF\xBB\xBF"
                                 "1,2,3,4\n5,6,7,200\n",
                                 "1,2,3,4\r5,6,7,200\r", "1,2,3,4,\n5,6,7,200,\n", "1;2;3;4;\r\n5;6;7;200;",
                                 "  1   2 3 4\n 5 6  7 200 \n", "\n\n1,2,3,4\n\n5,6,7,200\n\n"}) {
    const auto read = readAll(text);
    ASSERT_EQ(read.size(), 2U) << text;
    EXPECT_EQ(read[1].problem, "") << text;
    EXPECT_EQ(read[1].label, "") << text;
    EXPECT_EQ(read[1].sprite.at(1, 1).r, 200) << text;
  }
}

TEST(CsvPictures, ARangeIsDecidedByMostRows) {
  EXPECT_EQ(readAll("0,1,1,0\n1,1,0,0\n")[0].sprite.at(1, 0).r, 255) << "nothing but 0 and 1 is black and white";
  EXPECT_EQ(readAll("0,1,1,0\n1,9,0,0\n")[0].sprite.at(1, 0).r, 1);
  EXPECT_EQ(readAll("0.0,12.6,1.0,0\n1,9,0,0\n")[0].sprite.at(1, 0).r, 13);
  const auto read = readAll("0,0.5,1,0\n255,3,4,5\n0.25,0.5,1,1.0000001\n0,0,0,0\n");
  EXPECT_EQ(read[0].sprite.at(1, 0).r, 128);
  EXPECT_EQ(read[1].problem, "value 1 is '255', and this file's values are 0 to 1");
  EXPECT_EQ(read[2].sprite.at(1, 1).r, 255);
}

TEST(CsvPictures, WhatHoldsNoPicturesIsRefused) {
  for (const std::string text : {"", "\n\n\r\n", "\xEF\xBB\xBF", "label,p0,p1,p2,p3\n", "hello world\nthis is text\n",
                                 "1,2,3,4,5,6,7\n1,2,3,4,5,6,7\n"}) {
    EXPECT_THROW(readAll(text), Error) << text;
  }
  EXPECT_THROW(readAll(std::string("1\0,\0002\0", 6)), Error) << "UTF-16";
  EXPECT_THROW(CsvPictures(std::filesystem::path("/nowhere/at-all.csv")), Error);
  EXPECT_THROW(CsvPictures(std::filesystem::temp_directory_path()), Error) << "a folder";
}

TEST(CsvPictures, AHugeRowIsLeftOutWithoutBeingHeld) {
  // The bytes are made as they are read, so that the test itself holds none of them.
  class Endless : public std::streambuf {
   public:
    explicit Endless(std::int64_t bytes) : m_left(bytes) {}

   protected:
    int_type underflow() override {
      if (m_stage == 0) return hand("1,2,3,4\n");
      if (m_stage == 1 && m_left > 0) {
        --m_stage;
        m_left -= static_cast<std::int64_t>(m_chunk.size());
        return hand(m_chunk);
      }
      if (m_stage == 1) return hand("\n9,8,7,200\n");
      return traits_type::eof();
    }

   private:
    int_type hand(std::string text) {
      ++m_stage;
      m_text = std::move(text);
      setg(m_text.data(), m_text.data(), m_text.data() + m_text.size());
      return traits_type::to_int_type(m_text[0]);
    }
    int m_stage = 0;
    std::int64_t m_left;
    std::string m_text;
    const std::string m_chunk = std::string(1 << 16, '7');
  };
  Endless bytes(limits::kMaxCsvRowBytes + (8 << 20));
  std::istream stream(&bytes);
  CsvPictures pictures(stream, "huge.csv");
  CsvPicture picture;
  ASSERT_TRUE(pictures.next(picture));
  EXPECT_EQ(picture.problem, "");
  ASSERT_TRUE(pictures.next(picture));
  EXPECT_EQ(picture.row, 2);
  EXPECT_EQ(picture.problem, "it has more than 64 MB");
  ASSERT_TRUE(pictures.next(picture));
  EXPECT_EQ(picture.row, 3);
  EXPECT_EQ(picture.sprite.at(1, 1).r, 200);
  EXPECT_FALSE(pictures.next(picture));
}

TEST(CsvPictures, RowsBeyondTheLimitAreToldOnce) {
  std::string text;
  for (std::int64_t row = 0; row < limits::kMaxCsvRows + 5; ++row) text += "7\n";
  std::istringstream stream(text);
  CsvPictures pictures(stream, "many.csv");
  std::int64_t good = 0;
  std::int64_t bad = 0;
  for (CsvPicture picture; pictures.next(picture);) ++(picture.problem.empty() ? good : bad);
  EXPECT_EQ(good, limits::kMaxCsvRows);
  EXPECT_EQ(bad, 1);
}

TEST(CsvPictures, RandomBytesNeverCrash) {
  constexpr std::uint64_t kSeed = 20261121;
  RandomStream random(kSeed);
  const std::string alphabet = "0123456789,,,;; \t\"\r\n\n.-+enaxrgb\xC3\xEF\xFF";
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    const int length = random.between(0, 400);
    const bool any = random.chance(0.2);
    for (int i = 0; i < length; ++i) {
      text += any ? static_cast<char>(random.below(256))
                  : alphabet[random.below(static_cast<std::uint32_t>(alphabet.size()))];
    }
    CsvOptions options;
    if (random.chance(0.3)) options.width = random.between(1, 4);
    if (random.chance(0.3)) options.channels = random.between(1, 4);
    if (random.chance(0.3)) options.label = static_cast<CsvLabel>(random.below(3));
    try {
      for (const CsvPicture& picture : readAll(text, options)) {
        ASSERT_NE(picture.sprite.empty(), picture.problem.empty()) << "seed " << kSeed << " round " << round;
      }
    } catch (const Error& error) {
      EXPECT_STRNE(error.what(), "");
    }
  }
}

TEST(CsvWriter, WhatItWritesIsReadBackTheSame) {
  const TempFolder folder;
  constexpr std::uint64_t kSeed = 11;
  RandomStream random(kSeed);
  const std::vector<std::string> labels{"back", "Knight, the \"Bold\"", " a  b ", "12", "l\xC3\xA9gende", "x;y\tz"};
  int file = 0;
  for (const bool header : {true, false}) {
    for (const bool labelled : {true, false}) {
      for (int channels = 1; channels <= 4; ++channels) {
        const int side = random.between(5, 24);
        const int height = header ? random.between(5, 24) : side;  // without a header it must be square
        SCOPED_TRACE(testing::Message() << "seed " << kSeed << " header " << header << " labelled " << labelled
                                        << " channels " << channels << " " << side << "x" << height);
        std::vector<Sprite> sprites;
        for (int i = 0; i < 6; ++i) {
          const int number = static_cast<int>(random.below(1000));
          Sprite sprite = sampleSprite(number, side, height);
          sprite.at(1, 1).a = 77;
          sprites.push_back(sprite);
        }
        const auto path = folder / (std::to_string(++file) + ".csv");
        CsvWriter writer(path, side, height,
                         {.channels = channels, .header = header, .label = labelled ? "character" : ""});
        for (std::size_t i = 0; i < sprites.size(); ++i) writer.add(sprites[i], labels[i]);
        EXPECT_FALSE(std::filesystem::exists(path)) << "it is whole or not there";
        writer.commit();
        // Noise has no smoothness to go by: without a header the channels are told.
        CsvPictures pictures(path, {.channels = header ? 0 : channels, .planar = false});
        std::vector<CsvPicture> read;
        for (CsvPicture picture; pictures.next(picture);) read.push_back(picture);
        expectPictures(read, sprites, channels);
        for (std::size_t i = 0; labelled && i < read.size(); ++i) EXPECT_EQ(read[i].label, labels[i]);
      }
    }
  }
}

TEST(CsvWriter, LeavesNothingWithoutCommitAndKeepsToOneSize) {
  const TempFolder folder;
  putFile(folder / "set.csv", "mine");
  {
    CsvWriter writer(folder / "set.csv", 8, 8, {});
    writer.add(sampleSprite(1));
    EXPECT_THROW(writer.add(sampleSprite(1, 8, 9)), Error);
  }
  EXPECT_EQ(readTextFile(folder / "set.csv", 100), "mine");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
  EXPECT_THROW(CsvWriter(folder / "none/set.csv", 8, 8, {}), Error);
  EXPECT_THROW(CsvWriter(folder / "set.csv", 8, 8, {.channels = 5}), Error);
}

}  // namespace
}  // namespace loom
