// The rows and fields of a CSV file, read as a stream. Private to the reader of pictures.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loom {

struct CsvRow {
  std::int64_t number = 0;     ///< as a text editor counts, from 1
  std::string_view text = {};  ///< without its line end; valid until the next row is read
  bool tooLong = false;        ///< more than limits::kMaxCsvRowBytes, which are not kept: `text` is empty
};

/// Rows end with LF, CR LF or (where the file has no LF) CR, also within quotes: a quote that is never closed spoils
/// one row and not the rest of the file. A byte order mark and blank rows are left out.
class CsvRows {
 public:
  /// `stream` must outlive this.
  explicit CsvRows(std::istream& stream) : m_stream(stream) {}

  /// False at the end. Throws Error when the stream breaks.
  bool next(CsvRow& row);
  std::int64_t bytesRead() const { return m_bytesRead; }

 private:
  bool nextLine(CsvRow& row);
  bool fill();

  std::istream& m_stream;
  std::vector<char> m_buffer;
  std::size_t m_begin = 0;  ///< of what is not handed out yet
  std::size_t m_end = 0;
  std::int64_t m_number = 0;
  std::int64_t m_bytesRead = 0;
  char m_lineEnd = '\n';
  bool m_started = false;
};

/// The fields of one row, spaces around them left out. Where the separator is a space, any number of them is one.
class CsvFields {
 public:
  CsvFields(std::string_view row, char separator);
  /// The next field as it stands, with its quotes. False when there is none.
  bool next(std::string_view& field);
  /// What follows the last field handed out.
  std::string_view rest() const { return m_rest; }
  /// Goes on at `rest`, an end of rest() behind a separator.
  void skipTo(std::string_view rest) { m_rest = rest; }

 private:
  std::string_view m_rest;
  char m_separator;
  bool m_more = true;
};

/// A field without its quotes, doubled ones within it made single.
std::string unquoted(std::string_view field);
/// The number a field holds, quoted or not; nothing when it holds none (infinities are none). With `decimalComma`
/// "0,5" is a half.
std::optional<double> csvNumber(std::string_view field, bool decimalComma = false);

}  // namespace loom
