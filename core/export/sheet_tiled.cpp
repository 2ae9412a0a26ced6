// Tilesets of Tiled (doc.mapeditor.org, "TMX Map Format"): cells as an atlas with columns; frames of a packed sheet as
// a collection whose tiles are parts of one picture, which Tiled knows since 1.9.
#include <algorithm>
#include <map>
#include <tuple>

#include "core/export/escapes.h"
#include "core/export/sheet_writers.h"

namespace loom::sheet_writers {
namespace {

std::string attribute(const std::string& name, const std::string& value) {
  return " " + name + "=\"" + xmlAttribute(value) + "\"";
}

std::string attribute(const std::string& name, int value) {
  return attribute(name, std::to_string(value));
}

std::string property(const std::string& name, const std::string& value) {
  return "   <property" + attribute("name", name) + attribute("value", value) + "/>\n";
}

std::string property(const std::string& name, int value) {
  return "   <property" + attribute("name", name) + attribute("type", "int") + attribute("value", value) + "/>\n";
}

std::string imageElement(const Input& input, const std::string& indent) {
  return indent + "<image" + attribute("source", input.imageName) + attribute("width", input.sheet.image.width()) +
         attribute("height", input.sheet.image.height()) + "/>\n";
}

/// How many tiles Tiled finds in a row or a column: it goes by the picture's size.
int tilesAlong(int side, int cell, const SheetRaster& raster) {
  return (side - raster.margin + raster.spacing) / (cell + raster.spacing);
}

int columnsOf(const Sheet& sheet) {
  return tilesAlong(sheet.image.width(), sheet.raster->cellWidth, *sheet.raster);
}

/// Each frame's tile. Merged frames share one.
std::vector<int> tileNumbers(const Sheet& sheet) {
  std::vector<int> numbers;
  std::map<std::tuple<int, int, int, int>, int> known;
  for (const SheetFrame& each : sheet.frames) {
    const PixelRect& place = each.frame;
    if (!sheet.raster) {
      const auto next = static_cast<int>(known.size());
      numbers.push_back(known.try_emplace({place.x, place.y, place.width, place.height}, next).first->second);
      continue;
    }
    const SheetRaster& raster = *sheet.raster;
    const int column = (place.x - raster.margin) / (raster.cellWidth + raster.spacing);
    const int row = (place.y - raster.margin) / (raster.cellHeight + raster.spacing);
    numbers.push_back(row * columnsOf(sheet) + column);
  }
  return numbers;
}

/// Where the animation of a run of frames begins, its first tile plays it.
std::string animationElement(const Sheet& sheet, const std::vector<int>& tiles, std::size_t first) {
  const auto runs = sheet_parts::frameRuns(sheet);
  const auto run = std::ranges::find(runs, first, &sheet_parts::FrameRun::first);
  if (run == runs.end() || run->first == run->last) return {};
  std::string text = "  <animation>\n";
  for (std::size_t i = run->first; i <= run->last; ++i) {
    text += "   <frame" + attribute("tileid", tiles[i]) +
            attribute("duration", sheet_parts::shownFor(sheet.frames[i])) + "/>\n";
  }
  return text + "  </animation>\n";
}

std::string propertiesElement(const Sheet& sheet, const std::vector<std::size_t>& frames) {
  const SheetFrame& first = sheet.frames[frames.front()];
  std::string text = "  <properties>\n";
  std::string also;  // in the order of their names, as Tiled writes properties
  for (std::size_t i = 1; i < frames.size(); ++i) also += (i > 1 ? "\n" : "") + sheet.frames[frames[i]].name;
  if (!also.empty()) text += property("also", also);
  if (!first.motion.animation.empty()) text += property("animation", first.motion.animation);
  text += property("character", first.character);
  if (!first.motion.animation.empty()) text += property("frame", first.motion.frame);
  if (first.trimmed) {
    text += property("source_height", first.sourceHeight) + property("source_width", first.sourceWidth) +
            property("source_x", first.spriteSource.x) + property("source_y", first.spriteSource.y);
  }
  return text + property("view", first.view) + "  </properties>\n";
}

std::string tileElement(const Input& input, int number, const std::vector<int>& tiles,
                        const std::vector<std::size_t>& frames) {
  const Sheet& sheet = input.sheet;
  const SheetFrame& first = sheet.frames[frames.front()];
  std::string text = " <tile" + attribute("id", number) + attribute("type", first.character);
  if (!sheet.raster) {
    text += attribute("x", first.frame.x) + attribute("y", first.frame.y) + attribute("width", first.frame.width) +
            attribute("height", first.frame.height);
  }
  text += ">\n" + propertiesElement(sheet, frames);
  if (!sheet.raster) text += imageElement(input, "  ");
  if (!first.motion.animation.empty()) text += animationElement(sheet, tiles, frames.front());
  return text + " </tile>\n";
}

std::string tilesetElement(const Input& input, std::size_t tiles) {
  const Sheet& sheet = input.sheet;
  const std::string name = input.imageName.substr(0, input.imageName.rfind('.'));
  std::string text =
      "<tileset" + attribute("version", "1.10") + attribute("tiledversion", "1.10.2") + attribute("name", name);
  if (!sheet.raster) {
    int width = 0, height = 0;
    for (const SheetFrame& frame : sheet.frames) {
      width = std::max(width, frame.frame.width);
      height = std::max(height, frame.frame.height);
    }
    return text + attribute("tilewidth", width) + attribute("tileheight", height) +
           attribute("tilecount", static_cast<int>(tiles)) + attribute("columns", 0) + ">\n" +
           " <grid orientation=\"orthogonal\" width=\"1\" height=\"1\"/>\n";
  }
  const SheetRaster& raster = *sheet.raster;
  const int rows = tilesAlong(sheet.image.height(), raster.cellHeight, raster);
  text += attribute("tilewidth", raster.cellWidth) + attribute("tileheight", raster.cellHeight);
  if (raster.spacing > 0) text += attribute("spacing", raster.spacing);
  if (raster.margin > 0) text += attribute("margin", raster.margin);
  return text + attribute("tilecount", columnsOf(sheet) * rows) + attribute("columns", columnsOf(sheet)) + ">\n" +
         imageElement(input, " ");
}

}  // namespace

std::string tiled(const Input& input) {
  const std::vector<int> tiles = tileNumbers(input.sheet);
  std::map<int, std::vector<std::size_t>> framesOf;
  for (std::size_t i = 0; i < tiles.size(); ++i) framesOf[tiles[i]].push_back(i);
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + tilesetElement(input, framesOf.size());
  for (const auto& [number, frames] : framesOf) text += tileElement(input, number, tiles, frames);
  return text + "</tileset>\n";
}

}  // namespace loom::sheet_writers
