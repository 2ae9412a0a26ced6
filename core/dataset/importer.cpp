#include "core/dataset/importer.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <unordered_set>
#include <utility>

#include "core/base/error.h"
#include "core/base/file_names.h"
#include "core/base/natural_order.h"
#include "core/dataset/importer_decode.h"
#include "core/dataset/importer_names.h"
#include "core/dataset/importer_sources.h"
#include "core/dataset/importer_tables.h"
#include "core/image/codec.h"
#include "core/image/picture_head.h"
#include "core/project/import_stage.h"
#include "core/project/view.h"

namespace loom {
namespace {

/// A picture that was read and put aside, with what came out of it.
struct Arrival {
  std::size_t sourceIndex = 0;
  PicturePath path;
  std::string source;
  std::uint64_t key = 0;
  StagedPicture staged;
  PreparedPicture picture;  ///< without its sprites
};

/// One import: reads everything with the catalogue unlocked, then names and stores it in one short transaction.
class Import {
 public:
  Import(const Project& project, const ImportOptions& options, JobMonitor& monitor)
      : m_catalogue(project.catalogue()), m_stage(project), m_options(options), m_monitor(monitor) {}

  ImportReport run(std::vector<ImportSource> sources) {
    m_monitor.begin("Looking through the files", 0);
    std::int64_t total = 0;
    for (ImportSource& source : sources) {
      source.look(m_monitor);
      total += source.count();
    }
    m_monitor.begin("Reading pictures", total);
    const FileReceiver receiver = this->receiver();
    for (m_sourceIndex = 0; m_sourceIndex < sources.size(); ++m_sourceIndex) sources[m_sourceIndex].read(receiver);
    while (!m_queue.empty()) takePrepared();
    sortAll();
    for (const Arrival& arrival : m_arrivals) tell(arrival);
    store();
    m_stage.clear();
    return std::move(m_report);
  }

 private:
  FileReceiver receiver() {
    const bool csv = m_options.as == ImportAs::kCsv;
    FileReceiver receiver;
    receiver.skip = [this](const std::string& file, const std::string& reason) { skip(file, reason); };
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
    Arrival arrival{m_sourceIndex, std::move(picture.path), std::move(picture.source),
                    preparationKey(picture.bytes, m_options), {}, {}};
    if (auto staged = m_stage.find(arrival.key)) {
      if (!m_fresh.contains(arrival.key)) ++m_report.resumed;
      arrive(std::move(arrival), std::move(*staged));
    } else {
      const std::size_t bytes = picture.bytes.size();
      const auto decoded = static_cast<std::size_t>(decodedBytes(picture.bytes));
      auto shared = std::make_shared<std::vector<std::byte>>(std::move(picture.bytes));
      push(std::move(arrival), [this, shared] { return preparePicture(std::move(*shared), m_options); }, bytes, decoded);
    }
    m_monitor.advance(++m_visited);
  }

  void push(Arrival arrival, DecodeQueue::Work work, std::size_t bytes, std::size_t decoded) {
    m_queue.push(std::move(work), bytes, decoded);
    m_coming.push_back(std::move(arrival));
    while (m_queue.full()) takePrepared();
  }

  /// Each row is a picture of its own, which only this import knows.
  void acceptTable(FoundTable table, bool mustBeOne) {
    const PicturePath path = table.path;
    const std::string source = table.source;
    const TableReceiver receiver{
        [&](TableRow row) {
          Arrival arrival{m_sourceIndex, path, source + ":" + std::to_string(row.row), 0, {}, {}};
          arrival.path.file = path.file + "." + std::to_string(row.row);
          const std::size_t bytes = row.sprite.pixels().size_bytes();
          auto shared = std::make_shared<TableRow>(std::move(row));
          push(std::move(arrival), [this, shared] { return prepareRow(std::move(*shared), m_options); }, bytes, 0);
        },
        [&](const std::string& row, const std::string& reason) { m_report.skipped.push_back({source + row, reason}); }};
    const std::string problem = readTable(std::move(table), receiver, m_monitor);
    if (!problem.empty()) m_report.skipped.push_back({source, mustBeOne ? problem : "not a picture"});
    m_monitor.advance(++m_visited);
  }

  void skip(const std::string& file, const std::string& reason) {
    m_report.skipped.push_back({file, reason});
    m_monitor.advance(++m_visited);
  }

  void takePrepared() {
    m_monitor.checkCancelled();
    Arrival arrival = std::move(m_coming.front());
    m_coming.pop_front();
    const PreparedPicture prepared = m_queue.pop();
    if (prepared.sprites.empty()) {
      m_report.skipped.push_back({arrival.source, prepared.reason.empty() ? "no sprite is on it" : prepared.reason});
      return;
    }
    if (arrival.key == 0) arrival.key = --m_rowKey;
    m_fresh.insert(arrival.key);
    StagedPicture staged = m_stage.put(arrival.key, prepared.sprites, toJson(prepared));
    arrive(std::move(arrival), std::move(staged));
  }

  void arrive(Arrival arrival, StagedPicture staged) {
    arrival.picture = pictureFrom(staged.about);
    arrival.picture.about.file = arrival.source;
    arrival.staged = std::move(staged);
    m_arrivals.push_back(std::move(arrival));
  }

  /// Archives hold their files in any order; the project gets them in the order people count.
  void sortAll() {
    std::ranges::stable_sort(m_arrivals, [](const Arrival& a, const Arrival& b) {
      return a.sourceIndex != b.sourceIndex ? a.sourceIndex < b.sourceIndex : naturalLess(a.source, b.source);
    });
    std::ranges::stable_sort(m_report.skipped, naturalLess, &SkippedFile::file);
  }

  void tell(const Arrival& arrival) {
    if (arrival.picture.about.scale > 1) ++m_report.upscaled;
    for (const std::string& note : arrival.picture.notes) m_report.notes.push_back({arrival.source, note});
    if (m_options.each) m_options.each(arrival.picture.about);
  }

  void store() {
    if (m_arrivals.empty()) return;
    m_monitor.begin("Putting them into the project", static_cast<std::int64_t>(m_arrivals.size()));
    Catalogue::Transaction transaction(m_catalogue);
    std::vector<PicturePath> paths;
    paths.reserve(m_arrivals.size());
    for (const Arrival& arrival : m_arrivals) paths.push_back(arrival.path);
    const std::vector<PictureName> names =
        namePictures(paths, [this](const std::string& name) { return m_catalogue.hasCharacter(name); });
    for (std::size_t i = 0; i < m_arrivals.size(); ++i) {
      const std::string base = baseFor(m_arrivals[i], names[i].character);
      for (const StagedSprite& staged : m_arrivals[i].staged.sprites) {
        storeSprite(m_arrivals[i], staged, {base, names[i].view});
      }
      m_monitor.advance(static_cast<std::int64_t>(i) + 1);
    }
    transaction.commit();
    summarise();
  }

  void storeSprite(const Arrival& arrival, const StagedSprite& staged, const PictureName& name) {
    const PartLabels& labels = staged.labels;
    const auto source = m_options.sources.find(arrival.source);
    const NewSprite sprite{.pixels = {},
                           .character = labels.suffix.empty() ? name.character : name.character + "-" + labels.suffix,
                           .view = labels.view.empty() ? name.view : labels.view,
                           .source = source == m_options.sources.end() ? arrival.source : source->second,
                           .licence = m_options.licence,
                           .author = m_options.author,
                           .tags = m_options.tags + (m_options.tags.empty() || labels.tags.empty() ? "" : " ") + labels.tags,
                           .animation = labels.animation,
                           .frame = labels.frame,
                           .milliseconds = labels.milliseconds};
    const PreparedSprite prepared = m_stage.take(staged.ticket);
    if (m_catalogue.hasContent(staged.hash)) ++m_report.duplicates;
    const SpriteId id = m_catalogue.addPacked(prepared.pixels, sprite);
    if (prepared.original) m_catalogue.setOriginal(id, *prepared.original, prepared.steps);
    m_report.sprites.push_back(id);
    m_characters.insert(sprite.character);
    m_views.insert(sprite.view);
    ++m_sizes[{staged.width, staged.height}];
  }

  /// The name in front of the suffixes; with a number where a character of the project has one of those names already.
  std::string baseFor(const Arrival& arrival, const std::string& base) {
    const auto& sprites = arrival.staged.sprites;
    if (std::ranges::all_of(sprites, [](const StagedSprite& sprite) { return sprite.labels.suffix.empty(); })) return base;
    const auto known = m_bases.find(base);
    if (known != m_bases.end()) return known->second;
    std::string free = base;
    const auto taken = [this, &sprites](const std::string& name) {
      return std::ranges::any_of(sprites, [&](const StagedSprite& sprite) {
        return m_catalogue.hasCharacter(name + "-" + sprite.labels.suffix);
      });
    };
    for (int number = 2; taken(free); ++number) free = base + "-" + std::to_string(number);
    return m_bases[base] = free;
  }

  void summarise() {
    std::vector<std::pair<std::pair<int, int>, std::int64_t>> bySize(m_sizes.begin(), m_sizes.end());
    std::ranges::stable_sort(bySize, std::greater(), [](const auto& entry) { return entry.second; });
    for (const auto& [size, count] : bySize) {
      m_report.sizes.push_back(std::to_string(size.first) + "x" + std::to_string(size.second));
    }
    m_report.imported = static_cast<std::int64_t>(m_report.sprites.size());
    m_report.characters = static_cast<std::int64_t>(m_characters.size());
    m_report.views = sortedViews({m_views.begin(), m_views.end()});
  }

  Catalogue m_catalogue;
  ImportStage m_stage;
  const ImportOptions& m_options;
  JobMonitor& m_monitor;
  ImportReport m_report;
  std::size_t m_sourceIndex = 0;
  std::int64_t m_visited = 0;
  std::uint64_t m_rowKey = 0;                     ///< rows have no key of their own: counted down from the top
  std::unordered_set<std::uint64_t> m_fresh;      ///< put aside by this import
  std::map<std::string, std::string> m_bases;     ///< of pictures with several sprites
  std::set<std::string> m_characters;
  std::set<std::string> m_views;
  std::map<std::pair<int, int>, std::int64_t> m_sizes;
  std::deque<Arrival> m_coming;  ///< what is in the queue, in its order
  std::vector<Arrival> m_arrivals;
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
