#include "core/dataset/csv_header.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/base/limits.h"
#include "core/dataset/csv_rows.h"

namespace loom {
namespace {

constexpr std::size_t kFirstKept = 8;
constexpr std::size_t kLastKept = 2;

std::string lowered(std::string text) {
  for (char& letter : text) letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  return text;
}

struct PixelName {
  char channel = 0;  ///< r, g, b, a, l; 0: none
  int row = 0;
  int column = 0;
};

std::optional<PixelName> pixelName(std::string_view name) {
  PixelName pixel;
  if (!name.empty() && std::string_view("rgbal").find(name.front()) != std::string_view::npos) {
    pixel.channel = name.front();
    name.remove_prefix(1);
  }
  const char* end = name.data() + name.size();
  const auto [cross, badRow] = std::from_chars(name.data(), end, pixel.row);
  if (badRow != std::errc() || cross == end || (*cross != 'x' && *cross != '_')) return std::nullopt;
  const auto [stopped, badColumn] = std::from_chars(cross + 1, end, pixel.column);
  if (badColumn != std::errc() || stopped != end) return std::nullopt;
  const auto possible = [](int number) { return number >= 0 && number <= limits::kMaxSpriteSide; };
  return possible(pixel.row) && possible(pixel.column) ? std::optional(pixel) : std::nullopt;
}

std::optional<PixelName> pixelName(const std::vector<std::string>& names, std::size_t at) {
  return at < names.size() ? pixelName(names[at]) : std::nullopt;
}

}  // namespace

bool CsvHeader::numbersRows() const {
  if (first.empty()) return false;
  const std::string& name = first.front();
  return name.empty() || name == "index" || name == "id" || name == "#" || name.starts_with("unnamed:");
}

bool CsvHeader::namesLabel(const std::vector<std::string>& names, std::size_t at) {
  constexpr std::array<std::string_view, 12> kWords{"label",     "labels", "class", "view",     "direction", "facing",
                                                    "character", "name",   "tag",   "category", "target",    "y"};
  return at < names.size() && std::ranges::find(kWords, names[at]) != kWords.end();
}

CsvOptions CsvHeader::told(CsvOptions options, std::size_t from, std::size_t behind) const {
  const auto begin = pixelName(first, from);
  const auto end = pixelName(last, behind);
  if (!begin || !end) return options;
  if (options.width == 0 && options.height == 0) {
    options.height = std::max(1, end->row - begin->row + 1);
    options.width = std::max(1, end->column - begin->column + 1);
  }
  if (begin->channel == 0) return options;
  const bool grey = begin->channel == 'l';
  if (options.channels == 0 && grey) options.channels = end->channel == 'a' ? 2 : 1;
  if (options.channels == 0 && begin->channel == 'r') options.channels = end->channel == 'a' ? 4 : 3;
  if (const auto next = pixelName(first, from + 1); next && !options.planar) {
    options.planar = next->row != begin->row || next->column != begin->column;
  }
  return options;
}

CsvHeader readCsvHeader(std::string_view row, char separator) {
  CsvHeader header;
  CsvFields fields(row, separator);
  std::array<std::string_view, kLastKept> last{};
  for (std::string_view field; fields.next(field);) {
    if (header.first.size() < kFirstKept) header.first.push_back(lowered(unquoted(field)));
    if (field.empty() && fields.rest().empty()) break;  // a separator at the end
    last[1] = last[0];
    last[0] = field;
  }
  for (const std::string_view field : last) header.last.push_back(lowered(unquoted(field)));
  return header;
}

}  // namespace loom
