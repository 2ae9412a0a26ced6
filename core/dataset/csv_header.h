// What the names of a CSV file's columns say. Private to the reader of CSV pictures.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/dataset/csv_layout.h"

namespace loom {

/// The names at both ends of a header, in lower case; none where there is no header.
struct CsvHeader {
  std::vector<std::string> first;  ///< of the first columns, up to eight
  std::vector<std::string> last;   ///< of the last two columns, the last one first

  /// Whether the first column numbers the rows: pandas leaves its name empty.
  bool numbersRows() const;
  /// Whether the column is named like a label. False where there is no such column.
  static bool namesLabel(const std::vector<std::string>& names, std::size_t at);
  /// `options`, and what they leave open of the size, the channels and their order as the names of the first values (at
  /// column `from`) and of the last one (before `behind` others) say it: "g12x7" is the green one of row 12, column 7.
  CsvOptions told(CsvOptions options, std::size_t from, std::size_t behind) const;
};

CsvHeader readCsvHeader(std::string_view row, char separator);

}  // namespace loom
