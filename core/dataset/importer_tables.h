// Tables of pictures as a source of an import: each row a sprite. Private to the importer.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/dataset/importer_prepare.h"
#include "core/dataset/importer_sources.h"

namespace loom {

struct TableRow {
  Sprite sprite;
  std::int64_t row = 0;  ///< of the file, from 1
  std::string label;
  bool labelIsCharacter = false;  ///< the column's heading says so
};

struct TableReceiver {
  std::function<void(TableRow)> row;
  std::function<void(const std::string& row, const std::string& reason)> skip;  ///< row: ":17"
  std::function<void(std::int64_t bytes)> progress;                             ///< of tableBytes, after every row
};

std::int64_t tableBytes(const FoundTable& table);

/// Reads a CSV row by row. Returns why nothing, or not all of it, could be read; empty when all went well. What the
/// receiver throws passes through.
std::string readTable(FoundTable table, const TableReceiver& receiver, JobMonitor& monitor);

/// The row's sprite, its label as view where it names one, else as a tag.
PreparedPicture prepareRow(TableRow row, const ImportOptions& options);
/// As of a picture's bytes.
std::uint64_t preparationKey(const TableRow& row, const ImportOptions& options);

}  // namespace loom
