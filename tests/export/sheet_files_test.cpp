#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/export/sheet_files.h"
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

Json jsonOf(const Sheet& sheet, SheetData data) {
  return Json::parse(SheetEncoder(sheet).data(data, "cast.png"));
}
SheetSaving fresh(std::vector<SheetData> data) {
  return {.data = std::move(data)};
}
SheetSaving over(std::vector<SheetData> data) {
  return {.data = std::move(data), .replace = true};
}
/// What lies beside "b.png".
std::vector<fs::path> beside(const std::vector<SheetData>& data) {
  return sheetFiles("b.png", std::vector<std::string>{""}, data).front().data;
}
fs::path imageFor(const fs::path& asked) {
  return sheetFiles(asked, std::vector<std::string>{""}, {}).front().image;
}

TEST_F(SheetFilesTest, WritesThePictureAndItsData) {
  const SheetFiles files = saveSheet(sheet(), m_folder / "cast.png", fresh({SheetData::kJsonHash}));
  EXPECT_EQ(files.image, m_folder / "cast.png");
  ASSERT_EQ(files.data.size(), 1U);
  EXPECT_EQ(names(), (std::vector<std::string>{"cast.json", "cast.png"}));
  EXPECT_EQ(readImage(files.image), sheet().image);
  EXPECT_EQ(json("cast.json"), jsonOf(sheet(), SheetData::kJsonHash));
}

TEST_F(SheetFilesTest, HashIsWhatAsepriteWrites) {
  const Sheet made = sheet();
  const Json hash = jsonOf(made, SheetData::kJsonHash);
  ASSERT_EQ(hash.at("frames").size(), 3U);
  const Json& frame = hash.at("frames").at("knight/back");
  const PixelRect place = std::ranges::find(made.frames, "knight/back", &SheetFrame::name)->frame;
  EXPECT_EQ(frame,
            Json::parse(R"({"rotated": false, "trimmed": true, "duration": 100,
      "spriteSourceSize": {"x": 2, "y": 6, "w": 3, "h": 1}, "sourceSize": {"w": 8, "h": 8}, "frame": {"x": )" +
                        std::to_string(place.x) + R"(, "y": )" + std::to_string(place.y) + R"(, "w": 3, "h": 1}})"));
  const Json& meta = hash.at("meta");
  EXPECT_EQ(meta.at("image"), "cast.png");
  EXPECT_EQ(meta.at("format"), "I8") << "Aseprite's word for a picture with a palette";
  EXPECT_EQ(Json::parse(SheetEncoder(made, true).data(SheetData::kJsonHash, "cast.png")).at("meta").at("format"),
            "RGBA8888");
  EXPECT_EQ(meta.at("slices"), Json::array());
  EXPECT_EQ(meta.at("layers"), Json::parse(R"([{"name": "Sprites", "opacity": 255, "blendMode": "normal"}])"));
  EXPECT_EQ(meta.at("palette"), (Json{"#c86402", "#c86403", "#c86404"}));
  EXPECT_EQ(meta.at("scale"), "1");
  EXPECT_EQ(meta.at("size").at("w"), made.image.width());
  EXPECT_EQ(meta.at("size").at("h"), made.image.height());
  EXPECT_TRUE(meta.at("app").is_string());
  EXPECT_TRUE(meta.at("version").is_string());
  EXPECT_EQ(meta.at("frameTags"), Json::parse(R"([{"name": "\"mage\"", "from": 0, "to": 0, "direction": "forward"},
                                                  {"name": "knight", "from": 1, "to": 2, "direction": "forward"}])"));
}

TEST_F(SheetFilesTest, ArrayHasTheSameFramesWithTheirNamesInside) {
  const Json hash = jsonOf(sheet(), SheetData::kJsonHash);
  const Json array = jsonOf(sheet(), SheetData::kJsonArray);
  ASSERT_EQ(array.at("frames").size(), hash.at("frames").size());
  for (Json frame : array.at("frames")) {
    const std::string name = frame.at("filename");
    frame.erase("filename");
    EXPECT_EQ(frame, hash.at("frames").at(name));
  }
  EXPECT_EQ(array.at("meta"), hash.at("meta"));
}

TEST_F(SheetFilesTest, KeepsTheFramesInTheSheetsOrder) {
  saveSheet(sheet(), m_folder / "cast.png", fresh({SheetData::kJsonHash}));
  const auto ordered = nlohmann::ordered_json::parse(readTextFile(m_folder / "cast.json", 1 << 20));
  std::vector<std::string> names;
  for (const auto& item : ordered.at("frames").items()) names.push_back(item.key());
  EXPECT_EQ(names, (std::vector<std::string>{"\"mage\"/front", "knight/back", "knight/front"}));
}

TEST_F(SheetFilesTest, NamesFilesBesideThePicture) {
  using enum SheetData;
  EXPECT_EQ(imageFor("a/b"), "a/b.png");
  EXPECT_EQ(imageFor("a/b.PNG"), "a/b.PNG");
  EXPECT_EQ(imageFor("a/b.v2"), "a/b.v2.png");
  EXPECT_EQ(beside({kJsonArray}), (std::vector<fs::path>{"b.json"}));
  EXPECT_EQ(beside({kJsonArray, kJsonHash, kJsonHash}), (std::vector<fs::path>{"b.json", "b.array.json"}));
  EXPECT_EQ(beside({kAseprite, kTiled, kGodot, kUnity, kCss}),
            (std::vector<fs::path>{"b.tsx", "b.aseprite", "b.tres", "b.unity.json", "b.css"}));
  EXPECT_EQ(beside({kGpl, kHex, kPal, kAse}), (std::vector<fs::path>{"b.gpl", "b.hex", "b.pal", "b.ase"}));
}

TEST_F(SheetFilesTest, EveryKindOfDataHasAFileOfItsOwn) {
  std::vector<SheetData> all;
  for (const SheetDataKind& kind : sheetDataKinds()) {
    all.push_back(kind.data);
    EXPECT_EQ(parseSheetData(kind.word), kind.data);
    EXPECT_STREQ(sheetDataKind(kind.data).word, kind.word);
  }
  const SheetFiles files = saveSheet(sheet(), m_folder / "cast.png", fresh(all));
  EXPECT_EQ(std::set<fs::path>(files.data.begin(), files.data.end()).size(), all.size());
  for (const fs::path& file : files.data) EXPECT_GT(fs::file_size(file), 20U) << file;
  EXPECT_THROW(parseSheetData("png"), Error);
}

TEST_F(SheetFilesTest, SeveralSheetsAreNumberedOrNamed) {
  const std::vector<std::string> suffixes = {"1", "Bob", "a/b", "a:b", "BOB"};
  const auto files = sheetFiles("x/cast.png", suffixes, {SheetData::kCss});
  ASSERT_EQ(files.size(), 5U);
  EXPECT_EQ(files[0].image, "x/cast-1.png");
  EXPECT_EQ(files[1].data, (std::vector<fs::path>{"x/cast-Bob.css"}));
  EXPECT_EQ(files[2].image, "x/cast-a_b.png");
  EXPECT_EQ(files[3].image, "x/cast-a_b-2.png");
  EXPECT_EQ(files[4].image, "x/cast-BOB-2.png") << "other systems do not tell case apart";
  const std::vector<std::string> clash = {"a", "a.array"};
  EXPECT_THROW(sheetFiles("cast.png", clash, {SheetData::kJsonHash, SheetData::kJsonArray}), Error);
}

TEST_F(SheetFilesTest, SeveralSheetsAreWrittenTogetherOrNotAtAll) {
  SheetOptions options;
  options.each = true;
  const std::vector<Sheet> sheets =
      layOutSheets({{"a", {{"front", Sprite(4, 4)}}}, {"b", {{"front", Sprite(4, 4)}}}}, options);
  writeFileAtomically(m_folder / "cast-b.json", std::string_view("mine"));
  JobMonitor monitor;
  EXPECT_THROW(saveSheets(sheets, m_folder / "cast.png", fresh({SheetData::kJsonHash}), monitor), Error);
  EXPECT_EQ(names(), (std::vector<std::string>{"cast-b.json"}));
  saveSheets(sheets, m_folder / "cast.png", over({SheetData::kJsonHash}), monitor);
  EXPECT_EQ(names(), (std::vector<std::string>{"cast-a.json", "cast-a.png", "cast-b.json", "cast-b.png"}));
  EXPECT_EQ(json("cast-b.json").at("meta").at("image"), "cast-b.png");
}

TEST_F(SheetFilesTest, FewColoursBecomeAPaletteAndManyDoNot) {
  const auto colourType = [&](const fs::path& file) { return std::to_integer<int>(readFile(file, 1 << 20).at(25)); };
  constexpr int kPalette = 3, kRgba = 6;  // PNG specification, 11.2.1
  Sprite many(32, 32);
  for (int i = 0; i < 1024; ++i) {
    many.at(i % 32, i / 32) = {static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i / 256), 7,
                               static_cast<std::uint8_t>(i % 3 == 0 ? 128 : 255)};
  }
  for (int colours : {255, 256}) {
    Sprite sprite = many;
    for (int i = colours; i < 1024; ++i) sprite.at(i % 32, i / 32) = i == 1000 ? Rgba{} : many.at(i % colours % 32, 0);
    for (int i = 0; i < colours; ++i) sprite.at(i % 32, i / 32) = {static_cast<std::uint8_t>(i), 1, 2, 200};
    const Sheet made = layOutSheet({{"a", {{"front", sprite}}}}, {});
    const std::string name = std::to_string(colours) + ".png";
    saveSheet(made, m_folder / name, fresh({}));
    EXPECT_EQ(readImage(m_folder / name), made.image) << colours;
  }
  const Sheet few = sheet();
  saveSheet(few, m_folder / "few.png", fresh({}));
  EXPECT_EQ(colourType(m_folder / "few.png"), kPalette);
  EXPECT_EQ(readImage(m_folder / "few.png"), few.image);
  saveSheet(few, m_folder / "rgba.png", {.fullColour = true});
  EXPECT_EQ(colourType(m_folder / "rgba.png"), kRgba);
  EXPECT_EQ(readImage(m_folder / "rgba.png"), few.image);
  const Sheet rich = layOutSheet({{"a", {{"front", many}}}}, {});
  saveSheet(rich, m_folder / "rich.png", fresh({SheetData::kJsonHash}));
  EXPECT_EQ(colourType(m_folder / "rich.png"), kRgba);
  EXPECT_EQ(readImage(m_folder / "rich.png"), rich.image);
  EXPECT_FALSE(json("rich.json").at("meta").contains("palette"));
}

TEST_F(SheetFilesTest, WritesBothKindsWhenBothAreAskedFor) {
  saveSheet(sheet(), m_folder / "cast.png", fresh({SheetData::kJsonArray, SheetData::kJsonHash}));
  EXPECT_TRUE(json("cast.json").at("frames").is_object());
  EXPECT_TRUE(json("cast.array.json").at("frames").is_array());
}

TEST_F(SheetFilesTest, NeverReplacesUnlessToldTo) {
  writeFileAtomically(m_folder / "cast.json", std::string_view("mine"));
  EXPECT_THROW(saveSheet(sheet(), m_folder / "cast.png", fresh({SheetData::kJsonHash})), Error);
  EXPECT_EQ(names(), (std::vector<std::string>{"cast.json"})) << "the picture is not written either";
  EXPECT_EQ(readTextFile(m_folder / "cast.json", 100), "mine");
  saveSheet(sheet(), m_folder / "cast.png", over({SheetData::kJsonHash}));
  EXPECT_TRUE(json("cast.json").contains("meta"));
  EXPECT_THROW(saveSheet(sheet(), m_folder / "cast", fresh({})), Error) << "cast.png is there";
}

TEST_F(SheetFilesTest, LeaveNothingWhenWritingFails) {
  fs::create_directories(m_folder / "cast.json");
  EXPECT_THROW(saveSheet(sheet(), m_folder / "cast.png", over({SheetData::kJsonHash})), Error);
  EXPECT_EQ(names(), (std::vector<std::string>{"cast.json"}));

  writeFileAtomically(m_folder / "file", std::string_view("no folder"));
  EXPECT_THROW(saveSheet(sheet(), m_folder / "file" / "cast.png", over({SheetData::kJsonHash})), Error);

  const std::string tooLong(235, 'x');  // fits, but not with ".array.json"
  EXPECT_THROW(saveSheet(sheet(), m_folder / (tooLong + ".png"), fresh({SheetData::kJsonHash, SheetData::kJsonArray})),
               Error);
  EXPECT_EQ(names(), (std::vector<std::string>{"cast.json", "file"}));
}

TEST_F(SheetFilesTest, MakeTheFolderTheyGoTo) {
  saveSheet(sheet(), m_folder / "new" / "deeper" / "cast.png", fresh({}));
  EXPECT_EQ(readImage(m_folder / "new" / "deeper" / "cast.png"), sheet().image);
}

TEST_F(SheetFilesTest, SurviveNamesThatAreNoUtf8) {
  const Sheet odd = layOutSheet({{"caf\xe9", {{"front", Sprite(2, 2)}}}}, {});
  saveSheet(odd, m_folder / "odd.png", fresh({SheetData::kJsonHash}));
  EXPECT_EQ(json("odd.json").at("frames").size(), 1U);
}

}  // namespace
}  // namespace loom
