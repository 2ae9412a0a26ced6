// CSV files of pictures in every layout that people write, for tests of the reader.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/image/channels.h"
#include "core/image/sprite.h"

namespace loom {

enum class MadeHeader { kNone, kNames, kCounted };  ///< kCounted: 0, 1, 2, …

struct MadeCsv {
  std::string separator = ",";
  std::string lineEnd = "\n";
  MadeHeader header = MadeHeader::kNone;
  int label = 0;  ///< -1 first, 1 last, 0 none
  int channels = 3;
  bool planar = false;
  bool unit = false;
  bool decimalComma = false;
  bool quoted = false;  ///< every field
};

inline std::string madeField(const MadeCsv& made, const std::string& text) {
  return made.quoted ? '"' + text + '"' : text;
}

inline std::string madeValue(const MadeCsv& made, int value) {
  std::string text = std::to_string(value);
  if (made.unit) text = std::to_string(value / 255.0);  // six digits
  if (made.unit && made.decimalComma) text[1] = ',';
  return madeField(made, text);
}

inline std::string madeRow(const MadeCsv& made, const std::vector<std::string>& values, const std::string& label) {
  std::vector<std::string> fields = values;
  if (made.label < 0) fields.insert(fields.begin(), label);
  if (made.label > 0) fields.push_back(label);
  std::string row;
  for (const std::string& field : fields) row += (row.empty() ? "" : made.separator) + field;
  return row + made.lineEnd;
}

inline std::string madeCsv(const MadeCsv& made, std::span<const Sprite> sprites, std::span<const std::string> labels) {
  std::string text;
  for (std::size_t picture = 0; picture < sprites.size(); ++picture) {
    const std::vector<std::uint8_t> values = channelValues(sprites[picture], made.channels);
    const auto channels = static_cast<std::size_t>(made.channels);
    const std::size_t pixels = values.size() / channels;
    if (picture == 0 && made.header != MadeHeader::kNone) {
      std::vector<std::string> names;
      for (std::size_t i = 0; i < values.size(); ++i) {
        names.push_back(madeField(made, (made.header == MadeHeader::kNames ? "pixel" : "") + std::to_string(i)));
      }
      text += madeRow(made, names, madeField(made, "label"));
    }
    std::vector<std::string> fields;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::size_t at = made.planar ? i % pixels * channels + i / pixels : i;
      fields.push_back(madeValue(made, values[at]));
    }
    text += madeRow(made, fields, madeField(made, labels[picture]));
  }
  return text;
}

}  // namespace loom
