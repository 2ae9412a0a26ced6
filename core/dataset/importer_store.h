// The end of an import: what was read is named and written into the catalogue, all of it or nothing. Private to the
// importer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/dataset/importer.h"
#include "core/dataset/importer_names.h"
#include "core/dataset/importer_prepare.h"
#include "core/project/import_stage.h"

namespace loom {

/// A row of a table, put aside. A table may have a million, so the rest stays there until it is stored.
struct StagedRow {
  std::int64_t ticket = 0;
  std::int64_t row = 0;  ///< of the file, from 1
};

/// A picture that was read and put aside, with what came out of it; or a whole table.
struct Arrival {
  std::size_t sourceIndex = 0;
  PicturePath path = {};
  std::string source = {};
  std::uint64_t key = 0;
  std::vector<StagedSprite> sprites = {};
  std::vector<StagedRow> rows = {};  ///< of a table, instead of sprites
  PreparedPicture picture = {};      ///< without its sprites and its file
};

/// Archives hold their files in any order; the project gets them in the order people count.
void sortArrivals(std::vector<Arrival>& arrivals);

class ImportStore {
 public:
  ImportStore(Catalogue& catalogue, ImportStage& stage, const ImportOptions& options, ImportReport& report)
      : m_catalogue(catalogue), m_stage(stage), m_options(options), m_report(report) {}

  /// In one transaction. Completes the report. Throws Cancelled; then nothing is written.
  void store(const std::vector<Arrival>& arrivals, JobMonitor& monitor);

 private:
  void storeSprite(const Arrival& arrival, const StagedSprite& staged, const PictureName& name);
  void storeRows(const Arrival& arrival, const PictureName& name, JobMonitor& monitor);
  void add(const PreparedSprite& prepared, const NewSprite& sprite);
  std::string baseFor(const Arrival& arrival, const std::string& base);
  void summarise();

  Catalogue& m_catalogue;
  ImportStage& m_stage;
  const ImportOptions& m_options;
  ImportReport& m_report;
  std::map<std::string, std::string> m_bases;  ///< of pictures with several sprites
  std::int64_t m_stored = 0;                   ///< pictures and rows
  std::set<std::string> m_characters;
  std::set<std::string> m_views;
  std::map<std::pair<int, int>, std::int64_t> m_sizes;
};

}  // namespace loom
