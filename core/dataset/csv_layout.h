// How a CSV file of pictures is laid out, told from its first rows.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace loom {

enum class CsvLabel { kNone, kFirst, kLast };

/// What somebody knows about the file; what is left out is decided from its first rows.
struct CsvOptions {
  int width = 0;     ///< pixels; 0: not told. Pictures are square unless told
  int height = 0;    ///< pixels; 0: not told
  int channels = 0;  ///< 1 grayscale, 2 grayscale with alpha, 3 RGB, 4 RGBA; 0: not told
  std::optional<CsvLabel> label = {};
  std::optional<bool> planar = {};  ///< RRR…GGG…BBB… rather than RGBRGB…
};

struct CsvLayout {
  char separator = ',';
  bool header = false;
  bool numbered = false;  ///< the first column numbers the rows, as pandas writes it, and is left out
  CsvLabel label = CsvLabel::kNone;
  std::string labelName = {};  ///< what the header calls the label's column, in lower case
  int width = 0;
  int height = 0;
  int channels = 1;
  bool planar = false;
  bool unit = false;          ///< values are 0..1 rather than 0..255
  bool decimalComma = false;  ///< "0,5"
  bool openEnd = false;       ///< every row ends with a separator

  std::size_t values() const {
    return static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * static_cast<std::size_t>(channels);
  }
};

/// Decides what `options` leave open from the first rows, a header among them:
/// - the separator (comma, semicolon, tab, spaces) is the one that gives the most numbers;
/// - a header is a first row of words, or one that counts its columns 0, 1, 2, …;
/// - a column of words at one end is the label; so is one named like a label, or one number too many for a picture;
/// - channels, and whether they are planar, give the smoothest pictures. Where that leaves it open (less than a tenth
///   apart): grayscale before RGB, RGBA, grayscale with alpha, and interleaved before planar. A header that names its
///   columns r1x1, g1x1, … or 1x1, 1x2, … (row x column) says it outright;
/// - values are 0..1 where most rows stay within it.
/// Throws Error when the rows hold no pictures; `name` is used in messages.
CsvLayout decideCsvLayout(std::span<const std::string> rows, const CsvOptions& options, const std::string& name);

}  // namespace loom
