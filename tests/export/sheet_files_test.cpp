#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/export/sheet.h"
#include "core/image/codec.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

class SheetFilesTest : public ::testing::Test {
 protected:
  SheetFilesTest() : m_folder(fs::temp_directory_path() / ("loom-sheet-" + std::to_string(::getpid()))) {
    fs::create_directories(m_folder);
  }
  ~SheetFilesTest() override { fs::remove_all(m_folder); }

  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(m_folder)) names.push_back(entry.path().filename().string());
    std::ranges::sort(names);
    return names;
  }
  Json json(const std::string& name) const { return Json::parse(readTextFile(m_folder / name, 1 << 20)); }

  fs::path m_folder;
};

Sheet sheet() {
  Sprite sprite(8, 8);
  for (int x = 2; x < 5; ++x) sprite.at(x, 6) = {200, 100, static_cast<std::uint8_t>(x), 255};
  SheetOptions options;
  options.layout = SheetLayout::kPacked;
  options.trim = true;
  options.padding = 1;
  return layOutSheet({{"knight", {{"front", sprite}, {"back", sprite}}}, {"\"mage\"", {{"front", sprite}}}}, options);
}

TEST_F(SheetFilesTest, WritesThePictureAndItsData) {
  const SheetFiles files = saveSheet(sheet(), m_folder / "cast.png", {SheetData::kJsonHash}, false);
  EXPECT_EQ(files.image, m_folder / "cast.png");
  ASSERT_EQ(files.data.size(), 1U);
  EXPECT_EQ(names(), (std::vector<std::string>{"cast.json", "cast.png"}));
  EXPECT_EQ(readImage(files.image), sheet().image);
  EXPECT_EQ(json("cast.json"), sheetJsonHash(sheet(), "cast.png"));
}

TEST_F(SheetFilesTest, HashIsWhatAsepriteWrites) {
  const Sheet made = sheet();
  const Json hash = sheetJsonHash(made, "cast.png");
  ASSERT_EQ(hash.at("frames").size(), 3U);
  const Json& frame = hash.at("frames").at("knight/back");
  const PixelRect place = std::ranges::find(made.frames, "knight/back", &SheetFrame::name)->frame;
  EXPECT_EQ(frame,
            Json::parse(R"({"rotated": false, "trimmed": true, "duration": 100,
      "spriteSourceSize": {"x": 2, "y": 6, "w": 3, "h": 1}, "sourceSize": {"w": 8, "h": 8}, "frame": {"x": )" +
                        std::to_string(place.x) + R"(, "y": )" + std::to_string(place.y) + R"(, "w": 3, "h": 1}})"));
  const Json& meta = hash.at("meta");
  EXPECT_EQ(meta.at("image"), "cast.png");
  EXPECT_EQ(meta.at("format"), "RGBA8888");
  EXPECT_EQ(meta.at("scale"), "1");
  EXPECT_EQ(meta.at("size").at("w"), made.image.width());
  EXPECT_EQ(meta.at("size").at("h"), made.image.height());
  EXPECT_TRUE(meta.at("app").is_string());
  EXPECT_TRUE(meta.at("version").is_string());
  EXPECT_EQ(meta.at("frameTags"), Json::parse(R"([{"name": "\"mage\"", "from": 0, "to": 0, "direction": "forward"},
                                                  {"name": "knight", "from": 1, "to": 2, "direction": "forward"}])"));
}

TEST_F(SheetFilesTest, ArrayHasTheSameFramesWithTheirNamesInside) {
  const Json hash = sheetJsonHash(sheet(), "cast.png");
  const Json array = sheetJsonArray(sheet(), "cast.png");
  ASSERT_EQ(array.at("frames").size(), hash.at("frames").size());
  for (Json frame : array.at("frames")) {
    const std::string name = frame.at("filename");
    frame.erase("filename");
    EXPECT_EQ(frame, hash.at("frames").at(name));
  }
  EXPECT_EQ(array.at("meta"), hash.at("meta"));
}

TEST_F(SheetFilesTest, KeepsTheFramesInTheSheetsOrder) {
  saveSheet(sheet(), m_folder / "cast.png", {SheetData::kJsonHash}, false);
  const auto ordered = nlohmann::ordered_json::parse(readTextFile(m_folder / "cast.json", 1 << 20));
  std::vector<std::string> names;
  for (const auto& item : ordered.at("frames").items()) names.push_back(item.key());
  EXPECT_EQ(names, (std::vector<std::string>{"\"mage\"/front", "knight/back", "knight/front"}));
}

TEST_F(SheetFilesTest, NamesFilesBesideThePicture) {
  using enum SheetData;
  EXPECT_EQ(sheetFiles("a/b", {}).image, "a/b.png");
  EXPECT_EQ(sheetFiles("a/b.PNG", {}).image, "a/b.PNG");
  EXPECT_EQ(sheetFiles("a/b.v2", {kJsonArray}).image, "a/b.v2.png");
  EXPECT_EQ(sheetFiles("a/b.png", {kJsonArray}).data, (std::vector<fs::path>{"a/b.json"}));
  EXPECT_EQ(sheetFiles("b.png", {kJsonArray, kJsonHash, kJsonHash}).data,
            (std::vector<fs::path>{"b.json", "b.array.json"}));
}

TEST_F(SheetFilesTest, WritesBothKindsWhenBothAreAskedFor) {
  saveSheet(sheet(), m_folder / "cast.png", {SheetData::kJsonArray, SheetData::kJsonHash}, false);
  EXPECT_TRUE(json("cast.json").at("frames").is_object());
  EXPECT_TRUE(json("cast.array.json").at("frames").is_array());
}

TEST_F(SheetFilesTest, NeverReplacesUnlessToldTo) {
  writeFileAtomically(m_folder / "cast.json", std::string_view("mine"));
  EXPECT_THROW(saveSheet(sheet(), m_folder / "cast.png", {SheetData::kJsonHash}, false), Error);
  EXPECT_EQ(names(), (std::vector<std::string>{"cast.json"})) << "the picture is not written either";
  EXPECT_EQ(readTextFile(m_folder / "cast.json", 100), "mine");
  saveSheet(sheet(), m_folder / "cast.png", {SheetData::kJsonHash}, true);
  EXPECT_TRUE(json("cast.json").contains("meta"));
  EXPECT_THROW(saveSheet(sheet(), m_folder / "cast", {}, false), Error) << "cast.png is there";
}

TEST_F(SheetFilesTest, LeaveNothingWhenWritingFails) {
  fs::create_directories(m_folder / "cast.json");
  EXPECT_THROW(saveSheet(sheet(), m_folder / "cast.png", {SheetData::kJsonHash}, true), Error);
  EXPECT_EQ(names(), (std::vector<std::string>{"cast.json"}));

  writeFileAtomically(m_folder / "file", std::string_view("no folder"));
  EXPECT_THROW(saveSheet(sheet(), m_folder / "file" / "cast.png", {SheetData::kJsonHash}, true), Error);

  const std::string tooLong(235, 'x');  // fits, but not with ".array.json"
  EXPECT_THROW(saveSheet(sheet(), m_folder / (tooLong + ".png"), {SheetData::kJsonHash, SheetData::kJsonArray}, false),
               Error);
  EXPECT_EQ(names(), (std::vector<std::string>{"cast.json", "file"}));
}

TEST_F(SheetFilesTest, MakeTheFolderTheyGoTo) {
  saveSheet(sheet(), m_folder / "new" / "deeper" / "cast.png", {}, false);
  EXPECT_EQ(readImage(m_folder / "new" / "deeper" / "cast.png"), sheet().image);
}

TEST_F(SheetFilesTest, SurviveNamesThatAreNoUtf8) {
  const Sheet odd = layOutSheet({{"caf\xe9", {{"front", Sprite(2, 2)}}}}, {});
  saveSheet(odd, m_folder / "odd.png", {SheetData::kJsonHash}, false);
  EXPECT_EQ(json("odd.json").at("frames").size(), 1U);
}

}  // namespace
}  // namespace loom
