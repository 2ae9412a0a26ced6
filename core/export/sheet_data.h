// The files that may lie beside a sheet: what says where each frame is, for engines and editors, and palettes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/export/sheet.h"
#include "core/image/indexed_picture.h"

namespace loom {

enum class SheetData : std::uint8_t {
  kJsonHash,
  kJsonArray,
  kTiled,
  kAseprite,
  kGodot,
  kUnity,
  kCss,
  kGpl,
  kHex,
  kPal,
  kAse,
};

struct SheetDataKind {
  SheetData data = {};
  const char* word = "";    ///< "json-hash", as the command line says
  const char* title = "";   ///< "JSON (hash)", as the window says
  const char* ending = "";  ///< ".json"
  const char* help = "";    ///< what it is for, a sentence without a full stop
  bool palette = false;     ///< only colours: it does not say where frames are
};
/// Every kind, in the order of the enum.
const std::vector<SheetDataKind>& sheetDataKinds();
const SheetDataKind& sheetDataKind(SheetData data);
/// Throws Error for another word.
SheetData parseSheetData(const std::string& word);

/// Under which word a PNG says how the characters on it were made.
inline constexpr const char* kOriginKeyword = "Spriteloom";
/// The PNG with what is known of their making, the objects of SheetCharacter::origin; as it was where nothing is.
std::vector<std::byte> withOrigins(std::vector<std::byte> png, std::span<const std::string> origins);

/// Encodes a sheet and its data; what several of the files need is found once.
class SheetEncoder {
 public:
  /// `sheet` must outlive this. `fullColour`: the picture is RGBA, also where a palette would do.
  explicit SheetEncoder(const Sheet& sheet, bool fullColour = false);

  /// Whether the picture has at most 256 colours, and a palette of them.
  bool indexed() const { return m_indexed && !m_fullColour; }
  std::vector<std::byte> png() const;
  /// The content of the file beside the picture `imageName`. Throws Error where a format cannot say it.
  std::string data(SheetData data, const std::string& imageName) const;

 private:
  const Sheet& m_sheet;
  std::optional<IndexedPicture> m_indexed;
  bool m_fullColour;
};

}  // namespace loom
