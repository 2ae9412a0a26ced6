// Pictures out of a CSV file, one a row, read as a stream: only one row is in memory at a time.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <istream>
#include <memory>
#include <string>
#include <vector>

#include "core/dataset/csv_layout.h"
#include "core/dataset/csv_rows.h"
#include "core/image/sprite.h"

namespace loom {

struct CsvPicture {
  std::int64_t row = 0;      ///< its line in the file, from 1, a header among them
  Sprite sprite = {};        ///< empty when there is a problem
  std::string label = {};    ///< as it stands in the file, valid UTF-8: a view, a character, a number, …
  std::string problem = {};  ///< why the row is no picture; empty when it is one
};

class CsvPictures {
 public:
  /// Opens a file and decides its layout. Throws Error when it cannot be read or holds no pictures.
  explicit CsvPictures(const std::filesystem::path& file, const CsvOptions& options = {});
  /// The same from a stream, which must outlive this; `name` is used in messages.
  CsvPictures(std::istream& stream, std::string name, const CsvOptions& options = {});
  CsvPictures(const CsvPictures&) = delete;
  CsvPictures& operator=(const CsvPictures&) = delete;

  const CsvLayout& layout() const { return m_layout; }

  /// The next row: a picture, or why it is none. False at the end; rows beyond limits::kMaxCsvRows are told once, as a
  /// problem, and left out. Throws Error when the stream breaks.
  bool next(CsvPicture& picture);
  /// Bytes of the file that have been read, for a progress; a little ahead of the rows handed out.
  std::int64_t bytesRead() const { return m_rows.bytesRead(); }

 private:
  struct KeptRow {
    std::int64_t number = 0;
    std::string text;
    bool tooLong = false;
  };
  void start(const CsvOptions& options);
  bool nextRow(CsvRow& row);
  void read(const CsvRow& row, CsvPicture& picture);
  void readLabel(CsvFields& fields, CsvPicture& picture) const;
  std::string readValues(CsvFields& fields);
  Sprite toSprite() const;

  std::unique_ptr<std::istream> m_file;
  std::string m_name;
  CsvRows m_rows;
  std::deque<KeptRow> m_kept;  ///< the first rows, read to decide the layout
  std::string m_current;       ///< the kept row handed out last
  CsvLayout m_layout;
  std::vector<std::uint8_t> m_values;
  std::int64_t m_pictures = 0;
  bool m_ended = false;
};

}  // namespace loom
