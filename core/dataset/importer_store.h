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

/// A picture that was read and put aside, with what came out of it.
struct Arrival {
  std::size_t sourceIndex = 0;
  PicturePath path = {};
  std::string source = {};
  std::uint64_t key = 0;
  std::vector<StagedSprite> sprites = {};
  PreparedPicture picture = {};  ///< without its sprites and its file
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
  std::string baseFor(const Arrival& arrival, const std::string& base);
  void summarise();

  Catalogue& m_catalogue;
  ImportStage& m_stage;
  const ImportOptions& m_options;
  ImportReport& m_report;
  std::map<std::string, std::string> m_bases;  ///< of pictures with several sprites
  std::set<std::string> m_characters;
  std::set<std::string> m_views;
  std::map<std::pair<int, int>, std::int64_t> m_sizes;
};

}  // namespace loom
