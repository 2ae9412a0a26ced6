#include "core/export/sheet_data.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/export/escapes.h"
#include "core/export/sheet_writers.h"
#include "core/image/codec.h"
#include "core/image/png_text.h"

namespace loom {
namespace {

using Writer = std::string (*)(const sheet_writers::Input&);

struct Entry {
  SheetDataKind kind;
  Writer write;
};

/// The one list of kinds: the command line, the form and the files are made from it.
const std::vector<Entry>& entries() {
  using enum SheetData;
  namespace to = sheet_writers;
  static const std::vector<Entry> kEntries = {
      {{kJsonHash, "json-hash", "JSON (hash)", ".json", "Frames by name, as Aseprite and TexturePacker write them"},
       to::jsonHash},
      {{kJsonArray, "json-array", "JSON (array)", ".json", "The same frames as a list in the order of the sheet"},
       to::jsonArray},
      {{kTiled, "tsx", "Tiled (TSX)", ".tsx", "A tileset for Tiled 1.9 and newer, each tile with character and view"},
       to::tiled},
      {{kAseprite, "aseprite", "Aseprite", ".aseprite", "Every sprite as a frame to draw on, with tags and palette"},
       to::aseprite},
      {{kGodot, "godot", "Godot 4 (tres)", ".tres", "SpriteFrames of AtlasTextures, an animation a character and view"},
       to::godot},
      {{kUnity, "unity", "Unity (JSON)", ".unity.json",
        "Sprite rectangles and pivots from the bottom left, and slicing"},
       to::unity},
      {{kCss, "css", "CSS", ".css", "A class a frame for web pages"}, to::css},
      {{kGpl, "gpl", "GPL", ".gpl", "The colours for GIMP, Krita, Aseprite and Inkscape", true}, to::gpl},
      {{kHex, "hex", "HEX", ".hex", "The colours a line each, as Lospec has them", true}, to::hex},
      {{kPal, "pal", "PAL (JASC)", ".pal", "The colours as JASC palette, for pixel editors", true}, to::jasc},
      {{kAse, "ase", "ASE (Adobe)", ".ase", "The colours as Adobe swatches", true}, to::swatches},
  };
  return kEntries;
}

const Entry& entryOf(SheetData data) {
  return *std::ranges::find(entries(), data, [](const Entry& entry) { return entry.kind.data; });
}

}  // namespace

const std::vector<SheetDataKind>& sheetDataKinds() {
  static const std::vector<SheetDataKind> kKinds = [] {
    std::vector<SheetDataKind> kinds;
    for (const Entry& entry : entries()) kinds.push_back(entry.kind);
    return kinds;
  }();
  return kKinds;
}

const SheetDataKind& sheetDataKind(SheetData data) {
  return entryOf(data).kind;
}

SheetData parseSheetData(const std::string& word) {
  std::string known;
  for (const SheetDataKind& kind : sheetDataKinds()) {
    if (word == kind.word) return kind.data;
    known += (known.empty() ? "" : ", ") + std::string(kind.word);
  }
  throw Error("'" + word + "' is no kind of data beside a sheet", "there are " + known);
}

std::vector<std::byte> withOrigins(std::vector<std::byte> png, std::span<const std::string> origins) {
  std::string list;
  for (const std::string& origin : origins) {
    if (!origin.empty()) list += (list.empty() ? "" : ",") + origin;
  }
  // What would not be read again is left out.
  if (list.empty() || static_cast<std::int64_t>(list.size()) > limits::kMaxJsonBytes / 2) return png;
  return withPngText(png, kOriginKeyword, R"({"program":"Spriteloom","characters":[)" + list + "]}");
}

SheetEncoder::SheetEncoder(const Sheet& sheet, bool fullColour)
    : m_sheet(sheet), m_indexed(exactlyIndexed(sheet.image)), m_fullColour(fullColour) {}

std::vector<std::byte> SheetEncoder::png() const {
  return withOrigins(indexed() ? encodePng(*m_indexed) : encodePng(m_sheet.image), m_sheet.origins);
}

std::string SheetEncoder::data(SheetData data, const std::string& imageName) const {
  return entryOf(data).write({m_sheet, validUtf8(imageName), m_indexed, indexed()});
}

}  // namespace loom
