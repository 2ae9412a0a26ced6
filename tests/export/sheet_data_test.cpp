// Data for engines and web pages: each rectangle is found again in the file and compared with the sheet's pixels.
#include "core/export/sheet_data.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>

#include "core/export/escapes.h"
#include "made_cast.h"

namespace loom {
namespace {

using Json = nlohmann::json;

std::string textOf(const Sheet& sheet, SheetData data, const std::string& image = "cast.png") {
  return SheetEncoder(sheet).data(data, image);
}

std::vector<std::smatch> matches(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  return {std::sregex_iterator(text.begin(), text.end(), regex), {}};
}

/// What an XML reader makes of an attribute's value.
std::string xmlText(std::string text) {
  const std::vector<std::pair<std::string, std::string>> entities = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#10;", "\n"}, {"&amp;", "&"}};
  for (const auto& [entity, letter] : entities) {
    for (auto at = text.find(entity); at != std::string::npos; at = text.find(entity, at + 1)) {
      text.replace(at, entity.size(), letter);
    }
  }
  return text;
}

std::map<std::string, std::string> attributesOf(const std::string& element) {
  std::map<std::string, std::string> attributes;
  for (const auto& match : matches(element, R"re(([a-z_]+)="([^"<>]*)")re")) attributes[match[1]] = xmlText(match[2]);
  return attributes;
}

/// The part of the sheet is the figure of that name, trimmed, enlarged, with the padding around it.
void expectPicture(const Sheet& sheet, const std::string& name, const PixelRect& rect) {
  const auto frame = std::ranges::find(sheet.frames, name, &SheetFrame::name);
  ASSERT_NE(frame, sheet.frames.end()) << name;
  const Sprite whole = test::pictureOf(name);
  ASSERT_FALSE(whole.empty()) << name;
  const bool lpc = frame->sourceWidth >= 64;
  Sprite cell(lpc ? 64 : 8, lpc ? 64 : 8);
  paste(cell, whole, (cell.width() - 8) / 2, cell.height() - 8);
  Sprite padded(frame->sourceWidth, frame->sourceHeight);
  paste(padded, enlarged(cell, sheet.scale), sheet.innerPadding, sheet.innerPadding);
  EXPECT_EQ(cropped(sheet.image, rect), cropped(padded, frame->spriteSource)) << name;
}

std::map<std::string, std::string> propertiesOf(const std::string& tile) {
  std::map<std::string, std::string> properties;
  for (const auto& match : matches(tile, "<property [^>]*/>")) {
    const auto attributes = attributesOf(match[0]);
    properties[attributes.at("name")] = attributes.at("value");
  }
  return properties;
}

TEST(SheetTiled, EveryTileShowsItsFrame) {
  for (const SheetOptions& options : test::manyOptions()) {
    const Sheet sheet = layOutSheet(test::troublesomeCast(), options);
    const std::string text = textOf(sheet, SheetData::kTiled);
    const auto heads = matches(text, "<tileset [^>]*>");
    ASSERT_EQ(heads.size(), 1U);
    const auto head = attributesOf(heads.front()[0]);
    EXPECT_EQ(head.at("name"), "cast");
    const auto number = [](const auto& attributes, const char* name) {
      return attributes.contains(name) ? std::stoi(attributes.at(name)) : 0;
    };
    const auto tiles = matches(text, R"(<tile id[\s\S]*?</tile>)");
    ASSERT_EQ(tiles.size(), sheet.frames.size());
    for (const auto& tile : tiles) {
      const std::string element = tile[0];
      const auto attributes = attributesOf(element.substr(0, element.find('>')));
      const auto properties = propertiesOf(element);
      EXPECT_EQ(attributes.at("type"), properties.at("character"));
      PixelRect rect{number(attributes, "x"), number(attributes, "y"), number(attributes, "width"),
                     number(attributes, "height")};
      if (number(head, "columns") > 0) {  // as Tiled cuts an atlas
        const int width = number(head, "tilewidth"), height = number(head, "tileheight");
        const int columns = (sheet.image.width() - number(head, "margin") + number(head, "spacing")) /
                            (width + number(head, "spacing"));
        EXPECT_EQ(columns, number(head, "columns")) << "Tiled counts for itself";
        const int id = number(attributes, "id");
        ASSERT_LT(id, number(head, "tilecount"));
        rect = {number(head, "margin") + id % columns * (width + number(head, "spacing")),
                number(head, "margin") + id / columns * (height + number(head, "spacing")), width, height};
      }
      expectPicture(sheet, properties.at("character") + "/" + properties.at("view"), rect);
    }
  }
}

TEST(SheetTiled, PartsOfAPackedSheetAreACollection) {
  SheetOptions options;
  options.layout = SheetLayout::kPacked;
  options.trim = true;
  const Sheet sheet = layOutSheet({{"a & b", {{"front", test::figure(8, 0)}}}}, options);
  EXPECT_EQ(textOf(sheet, SheetData::kTiled, "my \"cast\".png"),
            R"(<?xml version="1.0" encoding="UTF-8"?>
<tileset version="1.10" tiledversion="1.10.2" name="my &quot;cast&quot;" tilewidth="6" tileheight="7" tilecount="1" columns="0">
 <grid orientation="orthogonal" width="1" height="1"/>
 <tile id="0" type="a &amp; b" x="0" y="0" width="6" height="7">
  <properties>
   <property name="character" value="a &amp; b"/>
   <property name="source_height" type="int" value="8"/>
   <property name="source_width" type="int" value="8"/>
   <property name="source_x" type="int" value="1"/>
   <property name="source_y" type="int" value="1"/>
   <property name="view" value="front"/>
  </properties>
  <image source="my &quot;cast&quot;.png" width="6" height="7"/>
 </tile>
</tileset>
)");
}

TEST(SheetTiled, MergedFramesAreOneTileThatNamesAll) {
  SheetOptions options;
  options.layout = SheetLayout::kStrip;
  options.mergeDuplicates = true;
  const Sheet sheet =
      layOutSheet({{"a", {{"front", test::figure(8, 0)}}}, {"b", {{"front", test::figure(8, 0)}}}}, options);
  const std::string text = textOf(sheet, SheetData::kTiled);
  EXPECT_EQ(matches(text, "<tile id").size(), 1U);
  EXPECT_EQ(propertiesOf(text).at("also"), "b/front");
}

SheetCharacter walker() {
  SheetCharacter walker{"w", {}};
  for (int i = 0; i < 3; ++i) {
    walker.views.emplace_back("left", test::figure(8, i));
    walker.motions.push_back({"walk", i, i == 2 ? 200 : 100});
  }
  return walker;
}

TEST(SheetTiled, AnimationsPlay) {
  const std::string text = textOf(layOutSheet({walker()}, {}), SheetData::kTiled);
  EXPECT_NE(text.find("  <animation>\n   <frame tileid=\"0\" duration=\"100\"/>\n   <frame tileid=\"1\" "
                      "duration=\"100\"/>\n   <frame tileid=\"2\" duration=\"200\"/>\n  </animation>\n"),
            std::string::npos)
      << text;
}

/// A string of Godot's text resources without its quotes and backslashes.
std::string godotText(const std::string& quoted) {
  std::string text;
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    if (quoted[i] == '\\') ++i;
    text += quoted[i];
  }
  return text;
}

TEST(SheetGodot, EveryAnimationShowsItsFrame) {
  for (const SheetOptions& options : test::manyOptions()) {
    const Sheet sheet = layOutSheet(test::troublesomeCast(), options);
    const std::string text = textOf(sheet, SheetData::kGodot, "my \"cast\".png");
    EXPECT_NE(text.find(R"(path="my \"cast\".png" id="1"])"), std::string::npos);
    EXPECT_NE(text.find("load_steps=" + std::to_string(sheet.frames.size() + 2)), std::string::npos);
    std::map<std::string, PixelRect> regions;
    for (const auto& match : matches(text, R"re(id="(AtlasTexture_\d+)"\]
atlas = ExtResource\("1"\)
region = Rect2\((\d+), (\d+), (\d+), (\d+)\))re")) {
      regions[match[1]] = {std::stoi(match[2]), std::stoi(match[3]), std::stoi(match[4]), std::stoi(match[5])};
    }
    ASSERT_EQ(regions.size(), sheet.frames.size());
    const auto animations = matches(text, R"re(SubResource\("(AtlasTexture_\d+)"\)
\}\],
"loop": true,
"name": &("(?:[^"\\]|\\.)*"))re");
    ASSERT_EQ(animations.size(), sheet.frames.size());
    for (std::size_t i = 0; i < animations.size(); ++i) {
      std::string name = sheet.frames[i].name;
      const PixelRect& region = regions.at(animations[i][1]);
      EXPECT_EQ(region, sheet.frames[i].frame);
      expectPicture(sheet, name, region);
      std::ranges::replace(name, '/', '_');
      std::ranges::replace(name, ',', ' ');
      EXPECT_EQ(godotText(animations[i][2]), name);
    }
  }
}

TEST(SheetGodot, IsATextResource) {
  SheetOptions options;
  options.layout = SheetLayout::kPacked;
  options.trim = true;
  const Sheet sheet = layOutSheet({{"a", {{"front", test::figure(8, 0)}}}}, options);
  EXPECT_EQ(textOf(sheet, SheetData::kGodot), R"([gd_resource type="SpriteFrames" load_steps=3 format=3]

[ext_resource type="Texture2D" path="cast.png" id="1"]

[sub_resource type="AtlasTexture" id="AtlasTexture_1"]
atlas = ExtResource("1")
region = Rect2(0, 0, 6, 7)
margin = Rect2(1, 1, 2, 1)
filter_clip = true

[resource]
animations = [{
"frames": [{
"duration": 1.0,
"texture": SubResource("AtlasTexture_1")
}],
"loop": true,
"name": &"a_front",
"speed": 5.0
}]
)");
}

TEST(SheetGodot, FramesOfAnAnimationAreOne) {
  const std::string text = textOf(layOutSheet({walker()}, {}), SheetData::kGodot);
  EXPECT_EQ(matches(text, "\"name\": &").size(), 1U);
  EXPECT_NE(text.find("\"name\": &\"w_walk-left\",\n\"speed\": 10.0"), std::string::npos) << text;
  EXPECT_EQ(matches(text, "\"duration\": 1.0,").size(), 2U);
  EXPECT_EQ(matches(text, "\"duration\": 2.0,").size(), 1U);
}

TEST(SheetUnity, RectanglesCountFromTheBottomLeft) {
  for (const SheetOptions& options : test::manyOptions()) {
    const Sheet sheet = layOutSheet(test::troublesomeCast(), options);
    const Json json = Json::parse(textOf(sheet, SheetData::kUnity));
    EXPECT_EQ(json.at("texture"), "cast.png");
    ASSERT_EQ(json.at("sprites").size(), sheet.frames.size());
    for (const Json& sprite : json.at("sprites")) {
      const Json& rect = sprite.at("rect");
      const int width = rect.at("width"), height = rect.at("height");
      const int top = sheet.image.height() - rect.at("y").get<int>() - height;
      expectPicture(sheet, sprite.at("name"), {rect.at("x"), top, width, height});
      const auto& frame = *std::ranges::find(sheet.frames, sprite.at("name").get<std::string>(), &SheetFrame::name);
      // The pivot is the same point of the untrimmed cell for all of them: bottom centre.
      const double x = frame.spriteSource.x + sprite.at("pivot").at("x").get<double>() * width;
      const double y = frame.spriteSource.y + (1 - sprite.at("pivot").at("y").get<double>()) * height;
      EXPECT_NEAR(x, frame.sourceWidth / 2.0, 1e-9);
      EXPECT_NEAR(y, frame.sourceHeight, 1e-9);
    }
    EXPECT_EQ(json.contains("slicing"), options.layout != SheetLayout::kPacked);
    if (!json.contains("slicing")) continue;
    const Json& slicing = json.at("slicing");
    const PixelRect& frame = sheet.frames.back().frame;
    const int stepX = slicing.at("pixelSize").at("x").get<int>() + slicing.at("padding").at("x").get<int>();
    EXPECT_EQ((frame.x - slicing.at("offset").at("x").get<int>()) % stepX, 0);
    EXPECT_EQ(slicing.at("pixelSize").at("y"), frame.height);
  }
}

TEST(SheetCss, EveryClassShowsItsFrame) {
  for (const SheetOptions& options : test::manyOptions()) {
    const Sheet sheet = layOutSheet(test::troublesomeCast(), options);
    const std::string text = textOf(sheet, SheetData::kCss, "my cast.png");
    EXPECT_NE(text.find(".my-cast {"), std::string::npos);
    EXPECT_NE(text.find("url(\"my%20cast.png\")"), std::string::npos);
    const auto rules = matches(
        text, R"re(\.(\S.*) \{ width: (\d+)px; height: (\d+)px; background-position: (0|-\d+px) (0|-\d+px);(.*) \})re");
    ASSERT_EQ(rules.size(), sheet.frames.size());
    std::set<std::string> selectors;
    for (std::size_t i = 0; i < rules.size(); ++i) {
      EXPECT_TRUE(selectors.insert(rules[i][1]).second) << rules[i][1];
      expectPicture(sheet, sheet.frames[i].name,
                    {-std::stoi(rules[i][4]), -std::stoi(rules[i][5]), std::stoi(rules[i][2]), std::stoi(rules[i][3])});
      EXPECT_EQ(rules[i][6].length() > 0, sheet.frames[i].trimmed);
    }
    EXPECT_TRUE(selectors.contains(R"(my-cast-\"Sir\"-\<Tom\>-\&-\'Jo\'-front)"));
  }
}

TEST(SheetCss, TellsNamesApartThatAreOneAsAClass) {
  const Sheet sheet = layOutSheet({{"a b", {{"front", Sprite(2, 2)}}}, {"a-b", {{"front", Sprite(2, 2)}}}}, {});
  const std::string text = textOf(sheet, SheetData::kCss);
  EXPECT_NE(text.find(".cast-a-b-front {"), std::string::npos);
  EXPECT_NE(text.find(".cast-a-b-front-2 {"), std::string::npos);
}

TEST(Escapes, FollowTheirFormats) {
  EXPECT_EQ(xmlAttribute("a<b>&\"\n\x01"), "a&lt;b&gt;&amp;&quot;&#10;\xEF\xBF\xBD");
  EXPECT_EQ(godotString("a\"b\\\n"), "\"a\\\"b\\\\\\u000a\"");
  EXPECT_EQ(cssIdentifier("9a"), "\\39 a");
  EXPECT_EQ(cssIdentifier("-9"), "-\\39 ");
  EXPECT_EQ(cssIdentifier("-"), "\\-");
  EXPECT_EQ(cssIdentifier("a.b\xC3\xB6"), "a\\.b\xC3\xB6");
  EXPECT_EQ(cssIdentifier(""), "_");
  EXPECT_EQ(urlOfFile("a b#\xC3\xB6.png"), "a%20b%23%C3%B6.png");
  for (const std::string& wrong : {std::string("\xe9"), std::string("\xC0\x80"), std::string("\xED\xA0\x80"),
                                   std::string("\xE5\x89"), std::string("\xF5\x80\x80\x80")}) {
    EXPECT_NE(validUtf8(wrong), wrong);
    EXPECT_EQ(validUtf8(validUtf8(wrong)), validUtf8(wrong));
  }
  EXPECT_EQ(validUtf8("J\xC3\xB6rg \xE5\x89\xA3 \xF0\x9F\x97\xA1"), "J\xC3\xB6rg \xE5\x89\xA3 \xF0\x9F\x97\xA1");
}

}  // namespace
}  // namespace loom
