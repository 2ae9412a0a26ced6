#include "core/dataset/csv_layout.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/dataset/csv_header.h"
#include "core/dataset/csv_rows.h"
#include "core/dataset/csv_shape.h"

namespace loom {
namespace {

constexpr float kNoNumber = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t kMostFields = 4 * std::size_t{limits::kMaxSpriteSide} * limits::kMaxSpriteSide + 2;
constexpr std::size_t kSeparatorRows = 4;             // looked at to find the separator
constexpr std::size_t kSeparatorBytes = 64UL * 1024;  // of each
constexpr float kUnitEnd = 1.001F;                    // what rounding makes of 1

using Numbers = std::vector<float>;  ///< the fields of a row; kNoNumber for words

bool isNumber(float value) {
  return !std::isnan(value);
}

Numbers numbersOf(std::string_view row, char separator, bool decimalComma, std::size_t most = kMostFields) {
  Numbers numbers;
  CsvFields fields(row, separator);
  for (std::string_view field; numbers.size() < most && fields.next(field);) {
    const auto number = csvNumber(field, decimalComma);
    numbers.push_back(number ? static_cast<float>(*number) : kNoNumber);
  }
  return numbers;
}

std::ptrdiff_t countNumbers(const Numbers& row) {
  return std::ranges::count_if(row, isNumber);
}

bool mostlyNumbers(const Numbers& row) {
  return 2 * static_cast<std::size_t>(countNumbers(row)) >= row.size() && !row.empty();
}

void decideSeparator(CsvLayout& layout, std::span<const std::string> rows) {
  std::ptrdiff_t most = -1;
  for (const bool decimalComma : {false, true}) {
    for (const char separator : {',', ';', '\t', ' '}) {
      if (decimalComma && separator == ',') continue;
      std::ptrdiff_t numbers = 0;
      for (const std::string& row : rows.first(std::min(rows.size(), kSeparatorRows))) {
        numbers += countNumbers(numbersOf(std::string_view(row).substr(0, kSeparatorBytes), separator, decimalComma));
      }
      if (numbers <= most) continue;
      most = numbers;
      layout.separator = separator;
      layout.decimalComma = decimalComma;
    }
  }
}

/// A header that counts its columns, as pandas writes one: 0, 1, 2, … between at most two columns of another kind
/// and one.
bool countsColumns(const Numbers& row) {
  constexpr std::size_t kFewest = 16;
  constexpr std::size_t kOthers = 2;
  if (row.size() < kFewest) return false;
  for (std::size_t i = kOthers + 1; i + 1 < row.size(); ++i) {
    if (!(row[i] - row[i - 1] == 1)) return false;
  }
  return true;
}

/// The decisions, one after the other, each from those before it.
class Decision {
 public:
  Decision(const CsvOptions& options, std::string name) : m_options(options), m_name(std::move(name)) {}

  CsvLayout make(std::span<const std::string> rows) {
    decideSeparator(m_layout, rows);
    parse(rows);
    decideHeader(rows.front());
    keepUsualRows();
    decideLabel();
    decideShape();
    decideRange();
    return m_layout;
  }

 private:
  void parse(std::span<const std::string> rows) {
    std::size_t open = 0;
    for (const std::string& row : rows) {
      m_rows.push_back(numbersOf(row, m_layout.separator, m_layout.decimalComma));
      if (m_layout.separator != ' ' && std::string_view(row).ends_with(m_layout.separator)) ++open;
    }
    m_layout.openEnd = 2 * open > rows.size();
    if (!m_layout.openEnd) return;
    for (Numbers& row : m_rows) {
      if (!row.empty() && !isNumber(row.back())) row.pop_back();
    }
  }

  void decideHeader(std::string_view first) {
    const bool numbersFollow = std::any_of(m_rows.begin() + 1, m_rows.end(), mostlyNumbers);
    const bool words = !mostlyNumbers(m_rows.front()) && numbersFollow;
    const bool counts = countsColumns(m_rows.front()) && m_rows.size() > 1 &&
                        !std::all_of(m_rows.begin() + 1, m_rows.end(), countsColumns);
    m_layout.header = words || counts;
    if (!m_layout.header) return;
    m_header = readCsvHeader(first, m_layout.separator);
    m_rows.erase(m_rows.begin());
  }

  /// Rows with as many fields as most have: a bad one among them must not decide anything.
  void keepUsualRows() {
    std::erase_if(m_rows, [](const Numbers& row) { return !mostlyNumbers(row); });
    std::map<std::size_t, std::size_t> times;
    for (const Numbers& row : m_rows) ++times[row.size()];
    const auto usual = std::ranges::max_element(times, {}, [](const auto& entry) { return entry.second; });
    if (usual == times.end()) {
      throw Error(m_name + " holds no pictures: its first rows have no numbers in them",
                  "a CSV of pictures has one picture a row, its pixels as numbers 0 to 255 or 0 to 1", m_name);
    }
    m_fields = usual->first;
    std::erase_if(m_rows, [this](const Numbers& row) { return row.size() != m_fields; });
  }

  /// The pictures that a row can be with a label at that end, those that the header speaks of before others.
  std::vector<CsvShape> shapesWith(CsvLabel label) const {
    const std::size_t values = m_fields - m_first - (label == CsvLabel::kNone ? 0 : 1);
    const CsvOptions told =
        m_header.told(m_options, m_first + (label == CsvLabel::kFirst ? 1 : 0), label == CsvLabel::kLast ? 1 : 0);
    std::vector<CsvShape> shapes = possibleShapes(values, told);
    return shapes.empty() ? possibleShapes(values, m_options) : shapes;
  }

  bool mostlyWords(std::size_t column) const {
    const auto words = std::ranges::count_if(m_rows, [column](const Numbers& row) { return !isNumber(row[column]); });
    return 2 * static_cast<std::size_t>(words) >= m_rows.size();
  }

  bool wholeNumbers(std::size_t column) const {
    return std::ranges::all_of(m_rows, [column](const Numbers& row) { return row[column] == std::floor(row[column]); });
  }

  void decideLabel() {
    m_layout.numbered = m_fields > 1 && m_header.numbersRows() && wholeNumbers(0);
    m_first = m_layout.numbered ? 1 : 0;
    m_layout.label = m_options.label.value_or(m_fields > m_first + 1 ? likelyLabel() : CsvLabel::kNone);
    m_values = m_fields - m_first - (m_layout.label == CsvLabel::kNone ? 0 : 1);
    if (m_layout.label == CsvLabel::kFirst && m_first < m_header.first.size())
      m_layout.labelName = m_header.first[m_first];
    if (m_layout.label == CsvLabel::kLast && !m_header.last.empty()) m_layout.labelName = m_header.last.front();
  }

  CsvLabel likelyLabel() const {
    if (mostlyWords(m_first)) return CsvLabel::kFirst;
    if (mostlyWords(m_fields - 1)) return CsvLabel::kLast;
    if (shapesWith(CsvLabel::kFirst).empty()) return CsvLabel::kNone;
    if (CsvHeader::namesLabel(m_header.first, m_first)) return CsvLabel::kFirst;
    if (CsvHeader::namesLabel(m_header.last, 0)) return CsvLabel::kLast;
    return shapesWith(CsvLabel::kNone).empty() ? numberLabel() : CsvLabel::kNone;
  }

  /// The borders of a picture are like what lies beside them, a label is not.
  CsvLabel numberLabel() const {
    const std::size_t last = m_fields - 1;
    const auto step = static_cast<std::size_t>(shapesWith(CsvLabel::kFirst).front().channels);
    if (m_fields - m_first <= 2 * step) return CsvLabel::kFirst;
    double atFirst = 0;
    double atLast = 0;
    for (const Numbers& row : m_rows) {
      atFirst += static_cast<double>(
          std::min(std::abs(row[m_first] - row[m_first + 1]), std::abs(row[m_first] - row[m_first + step])));
      atLast +=
          static_cast<double>(std::min(std::abs(row[last] - row[last - 1]), std::abs(row[last] - row[last - step])));
    }
    return atLast > atFirst ? CsvLabel::kLast : CsvLabel::kFirst;
  }

  void decideShape() {
    const std::vector<CsvShape> shapes = shapesWith(m_layout.label);
    if (shapes.empty()) failShape();
    const CsvShape shape = smoothestShape(shapes, valueRows());
    m_layout.width = shape.width;
    m_layout.height = shape.height;
    m_layout.channels = shape.channels;
    m_layout.planar = shape.planar;
  }

  [[noreturn]] void failShape() const {
    const bool told = m_options.width != 0 || m_options.height != 0 || m_options.channels != 0;
    throw Error(m_name + " has " + std::to_string(m_values) + " values a row, which make no " +
                    (told ? "picture of the size and channels given" : "square picture of 1 to 4 channels"),
                told ? "check the numbers, or leave them out" : "say how wide and how high the pictures are", m_name);
  }

  std::vector<std::span<const float>> valueRows() const {
    std::vector<std::span<const float>> rows;
    const std::size_t from = m_first + (m_layout.label == CsvLabel::kFirst ? 1 : 0);
    for (const Numbers& row : m_rows) rows.push_back(std::span(row).subspan(from, m_values));
    return rows;
  }

  /// Rows with fractions up to 1 say 0..1, rows with more than 1 say 0..255; rows of nothing but 0 and 1 are asked
  /// where no other row speaks.
  void decideRange() {
    std::size_t fractions = 0;
    std::size_t bytes = 0;
    for (const std::span<const float> row : valueRows()) {
      const bool beyond = std::ranges::any_of(row, [](float value) { return value > kUnitEnd; });
      const bool whole =
          std::ranges::all_of(row, [](float value) { return !isNumber(value) || value == std::floor(value); });
      if (beyond) ++bytes;
      if (!beyond && !whole) ++fractions;
    }
    m_layout.unit = fractions > bytes || (fractions == 0 && bytes == 0);
  }

  const CsvOptions m_options;
  const std::string m_name;
  CsvLayout m_layout;
  CsvHeader m_header;
  std::vector<Numbers> m_rows;
  std::size_t m_fields = 0;  ///< of a usual row
  std::size_t m_first = 0;   ///< the column behind the rows' numbers
  std::size_t m_values = 0;
};

}  // namespace

CsvLayout decideCsvLayout(std::span<const std::string> rows, const CsvOptions& options, const std::string& name) {
  const bool text = std::ranges::none_of(rows, [](const std::string& row) { return row.find('\0') != row.npos; });
  if (!text)
    throw Error(name + " is no CSV that can be read: it holds more than text", "save it as CSV in UTF-8", name);
  if (rows.empty()) throw Error(name + " is empty", "a CSV of pictures has one picture a row", name);
  return Decision(options, name).make(rows);
}

}  // namespace loom
