// The JSON of Aseprite's "Export Sprite Sheet" (src/app/doc_exporter.cpp there), which TexturePacker's readers take
// too.
#include <nlohmann/json.hpp>

#include "core/export/sheet_writers.h"
#include "core/image/palette.h"

namespace loom::sheet_writers {
namespace {

using OrderedJson = nlohmann::ordered_json;

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
  json["duration"] = sheet_parts::shownFor(frame);
  return json;
}

/// A tag a character, over its frames, which always follow each other.
OrderedJson tagsJson(const Sheet& sheet) {
  OrderedJson tags = OrderedJson::array();
  for (const auto& run : sheet_parts::characterRuns(sheet)) {
    tags.push_back({{"name", run.name}, {"from", run.first}, {"to", run.last}, {"direction", "forward"}});
  }
  return tags;
}

OrderedJson metaJson(const Input& input) {
  OrderedJson meta;
  meta["app"] = "Spriteloom";
  meta["version"] = SPRITELOOM_VERSION;
  meta["image"] = input.imageName;
  meta["format"] = input.indexedPng ? "I8" : "RGBA8888";
  meta["size"] = {{"w", input.sheet.image.width()}, {"h", input.sheet.image.height()}};
  meta["scale"] = "1";  // frames are in the sheet's own pixels, enlarged or not
  meta["frameTags"] = tagsJson(input.sheet);
  meta["layers"] = OrderedJson::array({{{"name", "Sprites"}, {"opacity", 255}, {"blendMode", "normal"}}});
  meta["slices"] = OrderedJson::array();
  if (input.indexed) {  // our own: Aseprite says nothing of colours
    OrderedJson& palette = meta["palette"] = OrderedJson::array();
    for (const Rgba& colour : coloursOf(input)) palette.push_back(colourText(colour));
  }
  return meta;
}

std::string textOf(const Input& input, OrderedJson frames) {
  OrderedJson json;
  json["frames"] = std::move(frames);
  json["meta"] = metaJson(input);
  return json.dump(1, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace

std::string jsonHash(const Input& input) {
  OrderedJson frames = OrderedJson::object();
  for (const SheetFrame& frame : input.sheet.frames) {
    // Names are unique; looking for each before it is added would be quadratic in this kind of object.
    frames.get_ref<OrderedJson::object_t&>().emplace_back(frame.name, frameJson(frame));
  }
  return textOf(input, std::move(frames));
}

std::string jsonArray(const Input& input) {
  OrderedJson frames = OrderedJson::array();
  for (const SheetFrame& frame : input.sheet.frames) {
    OrderedJson named = {{"filename", frame.name}};
    named.update(frameJson(frame));
    frames.push_back(std::move(named));
  }
  return textOf(input, std::move(frames));
}

}  // namespace loom::sheet_writers
