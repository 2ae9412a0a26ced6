#include "core/dataset/importer_tables.h"

#include <algorithm>
#include <memory>
#include <sstream>
#include <utility>

#include "core/base/error.h"
#include "core/dataset/csv_pictures.h"
#include "core/project/view.h"

namespace loom {
namespace {

/// A label as one tag: no spaces.
std::string tagOf(std::string label) {
  std::ranges::replace_if(label, [](unsigned char letter) { return letter <= ' '; }, '-');
  return label;
}

}  // namespace

std::string readTable(FoundTable table, const TableReceiver& receiver, JobMonitor& monitor) {
  try {
    std::istringstream stream(std::string(reinterpret_cast<const char*>(table.bytes.data()), table.bytes.size()));
    table.bytes = {};
    const auto rows = table.file.empty() ? std::make_unique<CsvPictures>(stream, "it")
                                         : std::make_unique<CsvPictures>(table.file);
    const bool characters = rows->layout().labelName == "character" || rows->layout().labelName == "name";
    for (CsvPicture picture; rows->next(picture);) {
      monitor.checkCancelled();
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
