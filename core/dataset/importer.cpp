#include "core/dataset/importer.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "core/base/error.h"
#include "core/base/natural_order.h"
#include "core/dataset/importer_decode.h"
#include "core/dataset/importer_names.h"
#include "core/dataset/importer_sources.h"
#include "core/project/view.h"

namespace loom {
namespace {

/// A picture that was decoded and put aside.
struct Arrival {
  std::size_t sourceIndex = 0;
  PicturePath path;
  std::string source;
  StagedPixels pixels;
};

/// One import: reads everything with the catalogue unlocked, then names and stores it in one short transaction.
class Import {
 public:
  Import(const Project& project, JobMonitor& monitor) : m_catalogue(project.catalogue()), m_monitor(monitor) {}

  ImportReport run(std::vector<ImportSource> sources) {
    m_monitor.begin("Looking through the files", 0);
    std::int64_t total = 0;
    for (ImportSource& source : sources) {
      source.look(m_monitor);
      total += source.count();
    }
    m_monitor.begin("Reading pictures", total);
    const FileReceiver receiver{[this](FoundPicture picture) { accept(std::move(picture)); },
                                [this](const std::string& file, const std::string& reason) { skip(file, reason); }};
    for (m_sourceIndex = 0; m_sourceIndex < sources.size(); ++m_sourceIndex) sources[m_sourceIndex].read(receiver);
    while (!m_queue.empty()) takeDecoded();
    sortAll();
    store();
    return std::move(m_report);
  }

 private:
  void accept(FoundPicture picture) {
    m_queue.push(std::move(picture.bytes));
    m_coming.push_back({m_sourceIndex, std::move(picture.path), std::move(picture.source), {}});
    while (m_queue.full()) takeDecoded();
    m_monitor.advance(++m_visited);
  }

  void skip(const std::string& file, const std::string& reason) {
    m_report.skipped.push_back({file, reason});
    m_monitor.advance(++m_visited);
  }

  void takeDecoded() {
    m_monitor.checkCancelled();
    Arrival arrival = std::move(m_coming.front());
    m_coming.pop_front();
    const DecodedPicture decoded = m_queue.pop();
    if (!decoded.sprite) {
      m_report.skipped.push_back({arrival.source, decoded.reason});
      return;
    }
    arrival.pixels = m_catalogue.stagePixels(*decoded.sprite);
    m_arrivals.push_back(std::move(arrival));
  }

  /// Archives hold their files in any order; the project gets them in the order people count.
  void sortAll() {
    std::ranges::stable_sort(m_arrivals, [](const Arrival& a, const Arrival& b) {
      return a.sourceIndex != b.sourceIndex ? a.sourceIndex < b.sourceIndex : naturalLess(a.source, b.source);
    });
    std::ranges::stable_sort(m_report.skipped, naturalLess, &SkippedFile::file);
  }

  void store() {
    if (m_arrivals.empty()) return;
    m_monitor.begin("Putting them into the project", static_cast<std::int64_t>(m_arrivals.size()));
    Catalogue::Transaction transaction(m_catalogue);
    std::vector<PicturePath> paths;
    paths.reserve(m_arrivals.size());
    for (Arrival& arrival : m_arrivals) paths.push_back(std::move(arrival.path));
    const std::vector<PictureName> names =
        namePictures(paths, [this](const std::string& name) { return m_catalogue.hasCharacter(name); });
    for (std::size_t i = 0; i < m_arrivals.size(); ++i) {
      const Arrival& arrival = m_arrivals[i];
      if (m_catalogue.hasContent(arrival.pixels.hash)) ++m_report.duplicates;
      m_report.sprites.push_back(m_catalogue.addStaged(
          arrival.pixels,
          {.pixels = {}, .character = names[i].character, .view = names[i].view, .source = arrival.source}));
      m_monitor.advance(static_cast<std::int64_t>(i) + 1);
    }
    transaction.commit();
    summarise(names);
  }

  void summarise(const std::vector<PictureName>& names) {
    std::set<std::string> characters;
    std::set<std::string> views;
    for (const PictureName& name : names) {
      characters.insert(name.character);
      views.insert(name.view);
    }
    std::map<std::pair<int, int>, std::int64_t> sizes;
    for (const Arrival& arrival : m_arrivals) ++sizes[{arrival.pixels.width, arrival.pixels.height}];
    std::vector<std::pair<std::pair<int, int>, std::int64_t>> bySize(sizes.begin(), sizes.end());
    std::ranges::stable_sort(bySize, std::greater(), [](const auto& entry) { return entry.second; });
    for (const auto& [size, count] : bySize) {
      m_report.sizes.push_back(std::to_string(size.first) + "x" + std::to_string(size.second));
    }
    m_report.imported = static_cast<std::int64_t>(m_report.sprites.size());
    m_report.characters = static_cast<std::int64_t>(characters.size());
    m_report.views = sortedViews({views.begin(), views.end()});
  }

  Catalogue m_catalogue;
  JobMonitor& m_monitor;
  ImportReport m_report;
  std::size_t m_sourceIndex = 0;
  std::int64_t m_visited = 0;
  DecodeQueue m_queue;
  std::deque<Arrival> m_coming;  ///< what is in the queue, in its order
  std::vector<Arrival> m_arrivals;
};

}  // namespace

ImportReport importSprites(const Project& project, const std::vector<std::filesystem::path>& sources,
                           JobMonitor& monitor) {
  std::vector<ImportSource> opened(sources.begin(), sources.end());
  try {
    return Import(project, monitor).run(std::move(opened));
  } catch (const Cancelled&) {
    ImportReport report;
    report.cancelled = true;
    return report;
  }
}

}  // namespace loom
