#include "core/dataset/importer_tables.h"

#include <algorithm>
#include <istream>
#include <memory>
#include <span>
#include <streambuf>
#include <system_error>
#include <utility>

#include "core/base/error.h"
#include "core/dataset/csv_pictures.h"
#include "core/project/view.h"

namespace loom {
namespace {

/// A label as one tag: no spaces.
std::string tagOf(std::string label) {
  std::ranges::replace_if(
      label, [](unsigned char letter) { return letter <= ' '; }, '-');
  return label;
}

/// Bytes read where they are.
class ByteStream : public std::streambuf {
 public:
  explicit ByteStream(std::vector<std::byte>& bytes) {
    auto* begin = reinterpret_cast<char*>(bytes.data());
    setg(begin, begin, begin + bytes.size());
  }
};

}  // namespace

std::int64_t tableBytes(const FoundTable& table) {
  if (table.file.empty()) return std::ssize(table.bytes);
  std::error_code unknown;
  const auto size = std::filesystem::file_size(table.file, unknown);
  return unknown ? 0 : static_cast<std::int64_t>(size);
}

std::uint64_t preparationKey(const TableRow& row, const ImportOptions& options) {
  std::string text =
      std::to_string(row.sprite.width()) + (row.labelIsCharacter ? " character " : " ") + row.label + "\n";
  const auto pixels = std::as_bytes(row.sprite.pixels());
  text.append(reinterpret_cast<const char*>(pixels.data()), pixels.size());
  return preparationKey(std::as_bytes(std::span(text)), options);
}

std::string readTable(FoundTable table, const TableReceiver& receiver, JobMonitor& monitor) {
  try {
    ByteStream bytes(table.bytes);
    std::istream stream(&bytes);
    const auto rows =
        table.file.empty() ? std::make_unique<CsvPictures>(stream, "it") : std::make_unique<CsvPictures>(table.file);
    const bool characters = rows->layout().labelName == "character" || rows->layout().labelName == "name";
    for (CsvPicture picture; rows->next(picture);) {
      monitor.checkCancelled();
      receiver.progress(rows->bytesRead());
      if (!picture.problem.empty()) {
        receiver.skip(":" + std::to_string(picture.row), picture.problem);
      } else {
        receiver.row({std::move(picture.sprite), picture.row, std::move(picture.label), characters});
      }
    }
    return {};
  } catch (const Cancelled&) {
    throw;
  } catch (const Error& failure) {
    return failure.what();
  }
}

PreparedPicture prepareRow(TableRow row, const ImportOptions& options) {
  PreparedPicture prepared = prepareSprite(std::move(row.sprite), options);
  prepared.about.kind = "csv";
  const auto view = parseViewWord(row.label);
  for (PreparedSprite& sprite : prepared.sprites) {
    if (view) sprite.labels.view = *view;
    if (!view && row.labelIsCharacter) sprite.labels.suffix = row.label;
    if (!view && !row.labelIsCharacter) sprite.labels.tags = tagOf(row.label);
  }
  return prepared;
}

}  // namespace loom
