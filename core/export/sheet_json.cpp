// The JSON of Aseprite's "Export Sprite Sheet" (src/app/doc_exporter.cpp there), which TexturePacker's readers take
// too.
#include "core/export/sheet_parts.h"

namespace loom {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr int kDuration = 100;  ///< milliseconds, Aseprite's default

OrderedJson rectJson(const PixelRect& rect) {
  return {{"x", rect.x}, {"y", rect.y}, {"w", rect.width}, {"h", rect.height}};
}

OrderedJson frameJson(const SheetFrame& frame) {
  OrderedJson json;
  json["frame"] = rectJson(frame.frame);
  json["rotated"] = false;
  json["trimmed"] = frame.trimmed;
  json["spriteSourceSize"] = rectJson(frame.spriteSource);
  json["sourceSize"] = {{"w", frame.sourceWidth}, {"h", frame.sourceHeight}};
  json["duration"] = kDuration;
  return json;
}

/// A tag a character, over its frames, which always follow each other.
OrderedJson tagsJson(const Sheet& sheet) {
  OrderedJson tags = OrderedJson::array();
  for (std::size_t i = 0; i < sheet.frames.size(); ++i) {
    const std::string& character = sheet.frames[i].character;
    if (tags.empty() || tags.back()["name"] != character) {
      tags.push_back({{"name", character}, {"from", i}, {"to", i}, {"direction", "forward"}});
    }
    tags.back()["to"] = i;
  }
  return tags;
}

OrderedJson metaJson(const Sheet& sheet, const std::string& imageName) {
  OrderedJson meta;
  meta["app"] = "Spriteloom";
  meta["version"] = SPRITELOOM_VERSION;
  meta["image"] = imageName;
  meta["format"] = "RGBA8888";
  meta["size"] = {{"w", sheet.image.width()}, {"h", sheet.image.height()}};
  meta["scale"] = "1";  // frames are in the sheet's own pixels, enlarged or not
  meta["frameTags"] = tagsJson(sheet);
  return meta;
}

}  // namespace

nlohmann::ordered_json sheet_parts::orderedJson(const Sheet& sheet, const std::string& imageName, SheetData data) {
  OrderedJson frames = data == SheetData::kJsonHash ? OrderedJson::object() : OrderedJson::array();
  for (const SheetFrame& frame : sheet.frames) {
    if (data == SheetData::kJsonHash) {
      // Names are unique; looking for each before it is added would be quadratic in this kind of object.
      frames.get_ref<OrderedJson::object_t&>().emplace_back(frame.name, frameJson(frame));
    } else {
      OrderedJson named = {{"filename", frame.name}};
      named.update(frameJson(frame));
      frames.push_back(std::move(named));
    }
  }
  OrderedJson json;
  json["frames"] = std::move(frames);
  json["meta"] = metaJson(sheet, imageName);
  return json;
}

nlohmann::json sheetJsonHash(const Sheet& sheet, const std::string& imageName) {
  return sheet_parts::orderedJson(sheet, imageName, SheetData::kJsonHash);
}

nlohmann::json sheetJsonArray(const Sheet& sheet, const std::string& imageName) {
  return sheet_parts::orderedJson(sheet, imageName, SheetData::kJsonArray);
}

}  // namespace loom
