#include "core/dataset/importer.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <unordered_set>
#include <utility>

#include "core/base/error.h"
#include "core/base/file_names.h"
#include "core/base/natural_order.h"
#include "core/dataset/importer_decode.h"
#include "core/dataset/importer_sources.h"
#include "core/dataset/importer_store.h"
#include "core/dataset/importer_tables.h"
#include "core/image/codec.h"

namespace loom {
namespace {

/// One import: reads everything with the catalogue unlocked, then names and stores it in one short transaction.
class Import {
 public:
  Import(const Project& project, const ImportOptions& options, JobMonitor& monitor)
      : m_catalogue(project.catalogue()), m_stage(project), m_options(options), m_monitor(monitor) {}

  ImportReport run(std::vector<ImportSource> sources) {
    m_monitor.begin("Looking through the files", 0);
    for (ImportSource& source : sources) {
      source.look(m_monitor);
      m_total += source.count();
    }
    m_monitor.begin(kReading, m_total);
    const FileReceiver receiver = this->receiver();
    for (m_sourceIndex = 0; m_sourceIndex < sources.size(); ++m_sourceIndex) sources[m_sourceIndex].read(receiver);
    while (!m_queue.empty()) takePrepared();
    sortArrivals(m_arrivals);
    std::ranges::stable_sort(m_report.skipped, naturalLess, &SkippedFile::file);
    for (const Arrival& arrival : m_arrivals) tell(arrival);
    for (Arrival& table : m_tables) {
      if (!table.rows.empty()) m_arrivals.push_back(std::move(table));
    }
    ImportStore(m_catalogue, m_stage, m_options, m_report).store(m_arrivals, m_monitor);
    m_stage.clear();
    return std::move(m_report);
  }

 private:
  static constexpr const char* kReading = "Reading pictures";

  FileReceiver receiver() {
    const bool csv = m_options.as == ImportAs::kCsv;
    FileReceiver receiver;
    receiver.skip = [this](const std::string& file, const std::string& reason) { skip(file, reason); };
    receiver.room = [this](std::int64_t bytes) { makeRoom(bytes); };
    receiver.picture = [this, csv](FoundPicture picture) {
      if (csv) return skip(picture.source, "it is a picture, and CSV files were asked for");
      accept(std::move(picture));
    };
    if (csv || m_options.as == ImportAs::kAuto) {
      receiver.table = [this, csv](FoundTable table) { acceptTable(std::move(table), csv); };
    }
    return receiver;
  }

  void accept(FoundPicture picture) {
    Arrival arrival{.sourceIndex = m_sourceIndex,
                    .path = std::move(picture.path),
                    .source = std::move(picture.source),
                    .key = preparationKey(picture.bytes, m_options)};
    if (!wasPutAside(arrival)) {
      const std::int64_t bytes = std::ssize(picture.bytes);
      const std::int64_t decoded = memoryToPrepare(picture.bytes, m_options);
      auto shared = std::make_shared<std::vector<std::byte>>(std::move(picture.bytes));
      push(
          std::move(arrival), [this, shared] { return preparePicture(std::move(*shared), m_options); }, bytes, decoded);
    }
    m_monitor.advance(++m_visited);
  }

  /// A table may have a million rows: it has a progress of its own, in bytes.
  void acceptTable(FoundTable table, bool mustBeOne) {
    const std::string source = table.source;
    const PicturePath path = table.path;
    std::int64_t bytesDone = 0;
    m_tables.push_back({.sourceIndex = m_sourceIndex, .path = path, .source = source});
    m_monitor.begin("Reading " + path.file, tableBytes(table));
    const TableReceiver receiver{[&](TableRow row) { acceptRow(std::move(row), source); },
                                 [&](const std::string& row, const std::string& reason) {
                                   m_report.skipped.push_back({source + row, reason});
                                 },
                                 [&](std::int64_t bytes) {
                                   if (bytes > bytesDone) m_monitor.advance(bytesDone = bytes);
                                 }};
    const std::string problem = readTable(std::move(table), receiver, m_monitor);
    if (!problem.empty()) m_report.skipped.push_back({source, mustBeOne ? problem : "not a picture"});
    while (!m_queue.empty()) takePrepared();  // no row of this table is left for the next one
    m_monitor.begin(kReading, m_total);
    m_monitor.advance(++m_visited);
  }

  void acceptRow(TableRow row, const std::string& source) {
    Arrival arrival{.source = source + ":" + std::to_string(row.row), .key = preparationKey(row, m_options)};
    arrival.rows.push_back({0, row.row});
    if (wasPutAside(arrival)) return;
    const auto bytes = static_cast<std::int64_t>(row.sprite.pixels().size_bytes());
    auto shared = std::make_shared<TableRow>(std::move(row));
    push(
        std::move(arrival), [this, shared] { return prepareRow(std::move(*shared), m_options); }, bytes, bytes);
  }

  /// By an import that did not end, or by this one for another file of the same bytes.
  bool wasPutAside(Arrival& arrival) {
    auto staged = m_stage.find(arrival.key);
    if (!staged) return false;
    if (!m_fresh.contains(arrival.key)) ++m_report.resumed;
    arrive(std::move(arrival), std::move(*staged));
    return true;
  }

  void push(Arrival arrival, DecodeQueue::Work work, std::int64_t bytes, std::int64_t decoded) {
    makeRoom(bytes);
    m_queue.push(std::move(work), bytes, decoded);
    m_coming.push_back(std::move(arrival));
    while (m_queue.isReady()) takePrepared();
  }

  void makeRoom(std::int64_t bytes) {
    while (m_queue.isFullFor(bytes)) takePrepared();
  }

  /// As reports name a file: by where it came from, if that is not where it lies.
  const std::string& named(const std::string& file) const {
    const auto source = m_options.sources.find(file);
    return source == m_options.sources.end() ? file : source->second;
  }

  void skip(const std::string& file, const std::string& reason) {
    m_report.skipped.push_back({named(file), reason});
    m_monitor.advance(++m_visited);
  }

  void takePrepared() {
    m_monitor.checkCancelled();
    Arrival arrival = std::move(m_coming.front());
    m_coming.pop_front();
    m_queue.pop([&](const PreparedPicture& prepared) {
      if (prepared.sprites.empty()) {
        m_report.skipped.push_back(
            {named(arrival.source), prepared.reason.empty() ? "no sprite is on it" : prepared.reason});
        return;
      }
      // Two files of the same bytes may have been under way together.
      const bool isNew = m_fresh.insert(arrival.key).second;
      auto staged = isNew ? m_stage.put(arrival.key, prepared.sprites, toJson(prepared)) : *m_stage.find(arrival.key);
      arrive(std::move(arrival), std::move(staged));
    });
  }

  void arrive(Arrival arrival, StagedPicture staged) {
    arrival.picture = pictureFrom(staged.about);
    if (arrival.rows.empty()) {
      arrival.sprites = std::move(staged.sprites);
      m_arrivals.push_back(std::move(arrival));
      return;
    }
    // A row of the last table: those before were all read to their end.
    for (const StagedSprite& sprite : staged.sprites) {
      m_tables.back().rows.push_back({sprite.ticket, arrival.rows.front().row});
    }
    tell(arrival);
  }

  void tell(const Arrival& arrival) {
    if (arrival.picture.about.scale > 1) ++m_report.upscaled;
    for (const std::string& note : arrival.picture.notes) m_report.notes.push_back({named(arrival.source), note});
    if (!m_options.each) return;
    ImportedPicture about = arrival.picture.about;
    about.file = named(arrival.source);
    m_options.each(about);
  }

  Catalogue m_catalogue;
  ImportStage m_stage;
  const ImportOptions& m_options;
  JobMonitor& m_monitor;
  ImportReport m_report;
  std::size_t m_sourceIndex = 0;
  std::int64_t m_total = 0;
  std::int64_t m_visited = 0;
  std::unordered_set<std::uint64_t> m_fresh;  ///< put aside by this import
  std::deque<Arrival> m_coming;               ///< what is in the queue, in its order
  std::vector<Arrival> m_arrivals;
  std::vector<Arrival> m_tables;
  DecodeQueue m_queue;  ///< last: its workers look at the options
};

}  // namespace

ImportReport importSprites(const Project& project, const std::vector<std::filesystem::path>& sources,
                           const ImportOptions& options, JobMonitor& monitor) {
  std::vector<ImportSource> opened(sources.begin(), sources.end());
  try {
    return Import(project, options, monitor).run(std::move(opened));
  } catch (const Cancelled&) {
    ImportReport report;
    report.cancelled = true;
    return report;
  }
}

ImportReport importPicture(const Project& project, const Sprite& picture, const std::string& name,
                           const std::string& source, ImportOptions options, JobMonitor& monitor) {
  namespace fs = std::filesystem;
  const fs::path folder = project.folder() / ("pasted-" + std::to_string(contentHash(picture)));
  const fs::path file = folder / (safeFileName(name) + ".png");
  struct Removed {
    const fs::path& folder;
    ~Removed() {
      std::error_code ignored;
      fs::remove_all(folder, ignored);
    }
  } const removed{folder};
  fs::create_directories(folder);
  writePng(file, picture);
  options.sources[file.string()] = source;
  return importSprites(project, {file}, options, monitor);
}

}  // namespace loom
