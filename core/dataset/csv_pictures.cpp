#include "core/dataset/csv_pictures.h"

#include <cmath>
#include <fstream>
#include <utility>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/dataset/importer_names.h"
#include "core/image/channels.h"

namespace loom {
namespace {

constexpr std::size_t kRowsLookedAt = 20;
constexpr std::size_t kBytesLookedAt = std::size_t{16} << 20;  // no further row is looked at beyond
constexpr double kUnitSlack = 0.001;                           // what rounding makes of 0 and 1

std::unique_ptr<std::istream> opened(const std::filesystem::path& file) {
  std::error_code ignored;
  auto stream = std::make_unique<std::ifstream>(file, std::ios::binary);
  if (!*stream || std::filesystem::is_directory(file, ignored)) {
    throw Error("could not read " + file.string(), "check that it is a file and that you may read it", file);
  }
  return stream;
}

std::string quotedForMessage(std::string_view field) {
  constexpr std::size_t kShown = 20;
  return "'" + validUtf8(std::string(field.substr(0, kShown))) + (field.size() > kShown ? "…'" : "'");
}

/// 0..255, or why the field is no such value.
int valueOf(std::string_view field, const CsvLayout& layout, std::string& problem) {
  const auto number = csvNumber(field, layout.decimalComma);
  if (!number) {
    problem = field.empty() ? "is empty" : "is " + quotedForMessage(field) + ", which is no number";
    return 0;
  }
  const double scaled = layout.unit ? *number * 255 : *number;
  const double slack = layout.unit ? kUnitSlack * 255 : 0.5;
  if (scaled < -slack || scaled > 255 + slack) {
    problem = "is " + quotedForMessage(field) + ", and this file's values are 0 to " + (layout.unit ? "1" : "255");
    return 0;
  }
  return std::clamp(static_cast<int>(std::lround(scaled)), 0, 255);
}

/// Whole numbers of up to three digits that a separator follows, which is what most files hold: quicker than the
/// general way. Adds to `values` up to `count` and returns what is left of the row.
std::string_view plainValues(std::string_view row, char separator, std::size_t count,
                             std::vector<std::uint8_t>& values) {
  const char* at = row.data();
  const char* const end = at + row.size();
  while (values.size() < count) {
    unsigned value = 0;
    const char* digit = at;
    for (; digit != end && digit - at < 4 && *digit >= '0' && *digit <= '9'; ++digit) {
      value = value * 10 + static_cast<unsigned>(*digit - '0');
    }
    // The last field of a row is left to the general way, which knows that none follows.
    if (digit == at || digit == end || *digit != separator || value > 255) break;
    values.push_back(static_cast<std::uint8_t>(value));
    at = digit + 1;
  }
  return {at, static_cast<std::size_t>(end - at)};
}

}  // namespace

CsvPictures::CsvPictures(const std::filesystem::path& file, const CsvOptions& options)
    : m_file(opened(file)), m_name(file.string()), m_rows(*m_file) {
  start(options);
}

CsvPictures::CsvPictures(std::istream& stream, std::string name, const CsvOptions& options)
    : m_name(std::move(name)), m_rows(stream) {
  start(options);
}

void CsvPictures::start(const CsvOptions& options) {
  std::vector<std::string> texts;
  std::size_t bytes = 0;
  bool longRow = false;
  for (CsvRow row; m_kept.size() < kRowsLookedAt && (bytes < kBytesLookedAt || texts.size() < 2) && m_rows.next(row);) {
    m_kept.push_back({row.number, std::string(row.text), row.tooLong});
    longRow = longRow || row.tooLong;
    bytes += row.text.size();
    if (!row.tooLong) texts.emplace_back(row.text);
  }
  if (texts.empty() && longRow) {
    throw Error(m_name + " holds no pictures: its rows are longer than " +
                    std::to_string(limits::kMaxCsvRowBytes >> 20) + " MB",
                "a CSV of pictures has one picture a row", m_name);
  }
  m_layout = decideCsvLayout(texts, options, m_name);
  m_values.reserve(m_layout.values());
  if (!m_layout.header) return;
  while (m_kept.front().tooLong) m_kept.pop_front();  // the header was the first of the others
  m_kept.pop_front();
}

bool CsvPictures::nextRow(CsvRow& row) {
  if (m_kept.empty()) return m_rows.next(row);
  m_current = std::move(m_kept.front().text);
  row = {.number = m_kept.front().number, .text = m_current, .tooLong = m_kept.front().tooLong};
  m_kept.pop_front();
  return true;
}

bool CsvPictures::next(CsvPicture& picture) {
  CsvRow row;
  if (m_ended || !nextRow(row)) return false;
  picture = {.row = row.number};
  if (++m_pictures > limits::kMaxCsvRows) {
    picture.problem = "the file has more than " + std::to_string(limits::kMaxCsvRows) + " rows: the rest is left out";
    m_ended = true;
  } else if (row.tooLong) {
    picture.problem = "it has more than " + std::to_string(limits::kMaxCsvRowBytes >> 20) + " MB";
  } else {
    read(row, picture);
  }
  return true;
}

void CsvPictures::read(const CsvRow& row, CsvPicture& picture) {
  CsvFields fields(row.text, m_layout.separator);
  std::string_view field;
  if (m_layout.numbered) fields.next(field);
  if (m_layout.label == CsvLabel::kFirst) readLabel(fields, picture);
  if (picture.problem.empty()) picture.problem = readValues(fields);
  if (picture.problem.empty() && m_layout.label == CsvLabel::kLast) readLabel(fields, picture);
  if (!picture.problem.empty()) return;
  std::size_t more = 0;
  while (fields.next(field)) ++more;
  if (more == 1 && field.empty()) more = 0;  // a separator at the row's end
  if (more > 0) {
    picture.problem = "it has " + std::to_string(m_layout.values() + more) + " values where the others have " +
                      std::to_string(m_layout.values());
    return;
  }
  picture.sprite = toSprite();
}

void CsvPictures::readLabel(CsvFields& fields, CsvPicture& picture) const {
  std::string_view field;
  if (!fields.next(field)) {
    picture.problem = "it has no label";
    return;
  }
  picture.label = validUtf8(unquoted(field));
  if (picture.label.size() <= static_cast<std::size_t>(limits::kMaxNameLength)) return;
  picture.label.clear();
  picture.problem = "its label is longer than " + std::to_string(limits::kMaxNameLength) + " bytes";
}

/// Fills m_values; says what is wrong with them.
std::string CsvPictures::readValues(CsvFields& fields) {
  m_values.clear();
  const std::size_t count = m_layout.values();
  const bool plain = !m_layout.unit;
  while (m_values.size() < count) {
    if (plain) fields.skipTo(plainValues(fields.rest(), m_layout.separator, count, m_values));
    if (m_values.size() == count) break;
    std::string_view field;
    std::string problem;
    if (!fields.next(field)) {
      return "it has " + std::to_string(m_values.size()) + " values where the others have " + std::to_string(count);
    }
    const int value = valueOf(field, m_layout, problem);
    if (!problem.empty()) return "value " + std::to_string(m_values.size() + 1) + " " + problem;
    m_values.push_back(static_cast<std::uint8_t>(value));
  }
  return {};
}

Sprite CsvPictures::toSprite() const {
  const auto channels = static_cast<std::size_t>(m_layout.channels);
  if (!m_layout.planar || channels == 1) {
    return spriteFromChannels(m_values, m_layout.width, m_layout.height, m_layout.channels);
  }
  std::vector<std::uint8_t> interleaved(m_values.size());
  const std::size_t plane = m_values.size() / channels;
  for (std::size_t i = 0; i < m_values.size(); ++i) interleaved[i % plane * channels + i / plane] = m_values[i];
  return spriteFromChannels(interleaved, m_layout.width, m_layout.height, m_layout.channels);
}

}  // namespace loom
