#include "core/dataset/importer_store.h"

#include <algorithm>
#include <functional>
#include <map>

#include "core/base/natural_order.h"
#include "core/project/view.h"

namespace loom {
namespace {

std::string joinedTags(const std::string& given, const std::string& own) {
  return given + (given.empty() || own.empty() ? "" : " ") + own;
}

}  // namespace

void sortArrivals(std::vector<Arrival>& arrivals) {
  std::ranges::stable_sort(arrivals, [](const Arrival& a, const Arrival& b) {
    return a.sourceIndex != b.sourceIndex ? a.sourceIndex < b.sourceIndex : naturalLess(a.source, b.source);
  });
}

void ImportStore::store(const std::vector<Arrival>& arrivals, JobMonitor& monitor) {
  if (arrivals.empty()) return;
  std::int64_t total = 0;
  for (const Arrival& arrival : arrivals) total += std::max<std::int64_t>(1, std::ssize(arrival.rows));
  monitor.begin("Putting them into the project", total);
  Catalogue::Transaction transaction(m_catalogue);
  std::vector<PicturePath> paths;
  paths.reserve(arrivals.size());
  for (const Arrival& arrival : arrivals) paths.push_back(arrival.path);
  const std::vector<PictureName> names =
      namePictures(paths, [this](const std::string& name) { return m_catalogue.hasCharacter(name); });
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    if (!arrivals[i].rows.empty()) {
      storeRows(arrivals[i], names[i], monitor);
      continue;
    }
    const std::string base = baseFor(arrivals[i], names[i].character);
    for (const StagedSprite& staged : arrivals[i].sprites) storeSprite(arrivals[i], staged, {base, names[i].view});
    monitor.advance(++m_stored);
  }
  transaction.commit();
  summarise();
}

void ImportStore::storeSprite(const Arrival& arrival, const StagedSprite& staged, const PictureName& name) {
  const PartLabels& labels = staged.labels;
  const auto source = m_options.sources.find(arrival.source);
  add(m_stage.take(staged.ticket),
      {.pixels = {},
       .character = labels.suffix.empty() ? name.character : name.character + "-" + labels.suffix,
       .view = labels.view.empty() ? name.view : labels.view,
       .source = source == m_options.sources.end() ? arrival.source : source->second,
       .licence = m_options.licence,
       .author = m_options.author,
       .tags = joinedTags(m_options.tags, labels.tags),
       .animation = labels.animation,
       .frame = labels.frame,
       .milliseconds = labels.milliseconds});
}

/// Rows are characters of their own, named after the table and their number, or as their label says.
void ImportStore::storeRows(const Arrival& arrival, const PictureName& name, JobMonitor& monitor) {
  const auto numbered = [](const std::string& base, const StagedRow& row) {
    return base + "-" + std::to_string(row.row);
  };
  std::string base = name.character;
  const auto taken = [&](const std::string& text) {
    return m_catalogue.hasCharacter(numbered(text, arrival.rows.front())) ||
           m_catalogue.hasCharacter(numbered(text, arrival.rows.back()));
  };
  for (int number = 2; taken(base); ++number) base = name.character + "-" + std::to_string(number);
  std::map<std::string, std::string> labelled;
  for (const StagedRow& row : arrival.rows) {
    const PreparedSprite prepared = m_stage.take(row.ticket);
    const PartLabels& labels = prepared.labels;
    std::string character = numbered(base, row);
    if (!labels.suffix.empty()) {
      const auto known = labelled.find(labels.suffix);
      character = known != labelled.end()                    ? known->second
                  : !m_catalogue.hasCharacter(labels.suffix) ? labels.suffix
                                                             : base + "-" + labels.suffix;
      if (known == labelled.end()) labelled[labels.suffix] = character;
    }
    add(prepared, {.pixels = {},
                   .character = character,
                   .view = labels.view.empty() ? name.view : labels.view,
                   .source = arrival.source + ":" + std::to_string(row.row),
                   .licence = m_options.licence,
                   .author = m_options.author,
                   .tags = joinedTags(m_options.tags, labels.tags)});
    monitor.advance(++m_stored);
  }
}

void ImportStore::add(const PreparedSprite& prepared, const NewSprite& sprite) {
  const PackedSprite& pixels = prepared.pixels;
  if (m_catalogue.hasContent(pixels.hash)) ++m_report.duplicates;
  const SpriteId id = m_catalogue.addPacked(prepared.pixels, sprite);
  if (prepared.original) m_catalogue.setOriginal(id, *prepared.original, prepared.steps);
  m_report.sprites.push_back(id);
  m_characters.insert(sprite.character);
  m_views.insert(sprite.view);
  ++m_sizes[{pixels.width, pixels.height}];
}

/// The name in front of the suffixes; with a number where a character of the project has one of those names already.
std::string ImportStore::baseFor(const Arrival& arrival, const std::string& base) {
  const auto hasSuffix = [](const StagedSprite& sprite) { return !sprite.labels.suffix.empty(); };
  if (std::ranges::none_of(arrival.sprites, hasSuffix)) return base;
  const auto known = m_bases.find(base);
  if (known != m_bases.end()) return known->second;
  std::string free = base;
  const auto taken = [this, &arrival](const std::string& name) {
    return std::ranges::any_of(arrival.sprites, [&](const StagedSprite& sprite) {
      return m_catalogue.hasCharacter(name + "-" + sprite.labels.suffix);
    });
  };
  for (int number = 2; taken(free); ++number) free = base + "-" + std::to_string(number);
  return m_bases[base] = free;
}

void ImportStore::summarise() {
  std::vector<std::pair<std::pair<int, int>, std::int64_t>> bySize(m_sizes.begin(), m_sizes.end());
  std::ranges::stable_sort(bySize, std::greater(), [](const auto& entry) { return entry.second; });
  for (const auto& [size, count] : bySize) {
    m_report.sizes.push_back(std::to_string(size.first) + "x" + std::to_string(size.second));
  }
  m_report.imported = static_cast<std::int64_t>(m_report.sprites.size());
  m_report.characters = static_cast<std::int64_t>(m_characters.size());
  m_report.views = sortedViews({m_views.begin(), m_views.end()});
}

}  // namespace loom
