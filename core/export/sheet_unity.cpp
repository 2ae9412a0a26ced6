// What Unity's Sprite Editor wants to know, as JSON: each sprite's fields are those of UnityEditor.SpriteRect
// (docs.unity3d.com, "SpriteRect", "ISpriteEditorDataProvider"), so that an editor script copies them over one by one;
// rectangles count from the bottom left, pivots are parts of the rectangle. "slicing" holds the numbers for the Sprite
// Editor's own "Grid By Cell Size".
//
//   {"texture", "size": {"w", "h"}, "pixelsPerUnit", "filterMode": "Point", "spriteMode": "Multiple",
//    "sprites": [{"name", "rect": {"x", "y", "width", "height"}, "alignment", "pivot": {"x", "y"},
//                 "border": {"x", "y", "z", "w"}, "character", "view"}],
//    "slicing": {"type": "Grid By Cell Size", "pixelSize": {"x", "y"}, "offset": {"x", "y"}, "padding": {"x", "y"}}}
//
// A packed sheet has no "slicing". Frames of animations have "animation", "frame" and "duration" (ms) as well.
#include <nlohmann/json.hpp>

#include "core/export/sheet_writers.h"

namespace loom::sheet_writers {
namespace {

using OrderedJson = nlohmann::ordered_json;

constexpr int kBottomCentre = 7;  ///< UnityEngine.SpriteAlignment
constexpr int kCustom = 9;

/// Bottom centre of the untrimmed cell, where a figure stands.
OrderedJson pivotJson(const SheetFrame& frame) {
  const PixelRect& source = frame.spriteSource;
  const double below = frame.sourceHeight - source.y - source.height;
  return {{"x", (frame.sourceWidth / 2.0 - source.x) / source.width}, {"y", -below / source.height}};
}

OrderedJson spriteJson(const SheetFrame& frame, int sheetHeight) {
  const PixelRect& place = frame.frame;
  OrderedJson json;
  json["name"] = frame.name;
  json["rect"] = {
      {"x", place.x}, {"y", sheetHeight - place.y - place.height}, {"width", place.width}, {"height", place.height}};
  json["alignment"] = frame.trimmed ? kCustom : kBottomCentre;
  json["pivot"] = pivotJson(frame);
  json["border"] = {{"x", 0}, {"y", 0}, {"z", 0}, {"w", 0}};
  json["character"] = frame.character;
  json["view"] = frame.view;
  if (!frame.motion.animation.empty()) {
    json["animation"] = frame.motion.animation;
    json["frame"] = frame.motion.frame;
    json["duration"] = sheet_parts::shownFor(frame);
  }
  return json;
}

OrderedJson slicingJson(const SheetRaster& raster) {
  OrderedJson json;
  json["type"] = "Grid By Cell Size";
  json["pixelSize"] = {{"x", raster.cellWidth}, {"y", raster.cellHeight}};
  json["offset"] = {{"x", raster.margin}, {"y", raster.margin}};
  json["padding"] = {{"x", raster.spacing}, {"y", raster.spacing}};
  return json;
}

}  // namespace

std::string unity(const Input& input) {
  const Sheet& sheet = input.sheet;
  OrderedJson json;
  json["texture"] = input.imageName;
  json["size"] = {{"w", sheet.image.width()}, {"h", sheet.image.height()}};
  json["pixelsPerUnit"] = sheet.frames.front().sourceHeight;
  json["filterMode"] = "Point";
  json["spriteMode"] = "Multiple";
  OrderedJson& sprites = json["sprites"] = OrderedJson::array();
  for (const SheetFrame& frame : sheet.frames) sprites.push_back(spriteJson(frame, sheet.image.height()));
  if (sheet.raster) json["slicing"] = slicingJson(*sheet.raster);
  return json.dump(1, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

}  // namespace loom::sheet_writers
