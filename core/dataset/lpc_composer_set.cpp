#include "core/dataset/lpc_composer_set.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/base/parallel.h"
#include "core/dataset/lpc_composer_sheets.h"
#include "core/project/view.h"

namespace loom {
namespace {

constexpr std::array<const char*, 4> kViews = {"back", "left", "front", "right"};
constexpr std::size_t kBatch = 256;  ///< characters in memory at once

using Numbered = std::pair<std::uint64_t, LpcCharacter>;

std::string characterName(std::uint64_t seed, std::uint64_t number) {
  return "lpc-" + std::to_string(seed) + "-" + std::to_string(number);
}

/// The first `count` numbers the project does not have yet.
std::vector<std::uint64_t> freeNumbers(const Catalogue& catalogue, int count, std::uint64_t seed) {
  std::vector<std::uint64_t> numbers;
  for (std::uint64_t number = 0; numbers.size() < static_cast<std::size_t>(count); ++number) {
    if (!catalogue.hasCharacter(characterName(seed, number))) numbers.push_back(number);
  }
  return numbers;
}

/// One character as it goes into the catalogue.
struct Composed {
  LpcCharacter character;
  std::array<PackedSprite, 4> views;
};

class ComposedSet {
 public:
  ComposedSet(const Project& project, const LpcLibrary& library, std::uint64_t seed, const ComposedSetOptions& options,
              JobMonitor& monitor)
      : m_catalogue(project.catalogue()), m_library(library), m_seed(seed), m_options(options), m_monitor(monitor) {}

  ImportReport run(int count) {
    const std::vector<std::uint64_t> numbers = freeNumbers(m_catalogue, count, m_seed);
    std::optional<LpcSheetFolder> sheets;
    if (!m_options.sheets.empty()) {
      sheets.emplace(m_options.sheets, numbers, m_options.replace);
      m_monitor.begin("Drawing sheets", count);
      forEach(numbers.size(), 0, 1, [&](std::size_t i) {
        sheets->write(m_library, randomCharacter(m_library, m_seed, numbers[i], m_options.wear), numbers[i]);
      });
    }
    m_monitor.begin("Composing characters", count);
    Catalogue::Transaction transaction(m_catalogue);
    for (std::size_t begin = 0; begin < numbers.size(); begin += kBatch) {
      const std::size_t size = std::min(kBatch, numbers.size() - begin);
      std::vector<Composed> composed(size);
      forEach(size, static_cast<std::int64_t>(begin), 8,
              [&](std::size_t i) { composed[i] = compose(numbers[begin + i]); });
      for (std::size_t i = 0; i < size; ++i) add(composed[i], numbers[begin + i]);
    }
    if (sheets) sheets->finish(m_library, m_characters);
    transaction.commit();
    m_report.imported = static_cast<std::int64_t>(m_report.sprites.size());
    m_report.characters = count;
    if (count > 0) {
      m_report.views = sortedViews({kViews.begin(), kViews.end()});
      m_report.sizes = {"64x64"};
    }
    return std::move(m_report);
  }

 private:
  template <class Work>
  void forEach(std::size_t count, std::int64_t before, std::size_t block, const Work& work) {
    parallelFor(
        count, block,
        [&](std::size_t first, std::size_t last) {
          for (std::size_t i = first; i < last; ++i) work(i);
        },
        m_monitor, before);
  }

  Composed compose(std::uint64_t number) const {
    Composed composed{randomCharacter(m_library, m_seed, number, m_options.wear), {}};
    const std::array<Sprite, 4> views = composeViews(m_library, composed.character);
    std::ranges::transform(views, composed.views.begin(), packSprite);
    return composed;
  }

  void add(const Composed& composed, std::uint64_t number) {
    const LpcCredit credit = creditOf(m_library, composed.character);
    NewSprite labels{.pixels = {},
                     .character = characterName(m_seed, number),
                     .view = {},
                     .source = sourceOf(m_library, composed.character),
                     .licence = credit.licence,
                     .author = authorList(credit),
                     .tags = tagsOf(m_library, composed.character)};
    for (std::size_t i = 0; i < kViews.size(); ++i) {
      if (m_catalogue.hasContent(composed.views[i].hash)) ++m_report.duplicates;
      labels.view = kViews[i];
      m_report.sprites.push_back(m_catalogue.addPacked(composed.views[i], labels));
    }
    if (!m_options.sheets.empty()) m_characters.emplace_back(number, composed.character);
  }

  Catalogue m_catalogue;
  const LpcLibrary& m_library;
  const std::uint64_t m_seed;
  const ComposedSetOptions& m_options;
  JobMonitor& m_monitor;
  std::vector<Numbered> m_characters;  ///< for the credits of the sheets
  ImportReport m_report;
};

}  // namespace

ImportReport importComposed(const Project& project, const LpcLibrary& library, int count, std::uint64_t seed,
                            const ComposedSetOptions& options, JobMonitor& monitor) {
  if (count < 0) throw Error("a set cannot have " + std::to_string(count) + " characters", "ask for 1 or more");
  try {
    return ComposedSet(project, library, seed, options, monitor).run(count);
  } catch (const Cancelled&) {
    ImportReport report;
    report.cancelled = true;
    return report;
  }
}

ImportReport importComposed(const Project& project, const LpcLibrary& library, const LpcCharacter& character,
                            const std::string& name, JobMonitor& monitor) {
  const LpcCredit credit = creditOf(library, character);
  Catalogue catalogue = project.catalogue();
  const std::string base = name.empty() ? "lpc" : name;
  NewSprite labels{.pixels = {},
                   .character = base,
                   .view = {},
                   .source = sourceOf(library, character),
                   .licence = credit.licence,
                   .author = authorList(credit),
                   .tags = tagsOf(library, character)};
  for (int number = 2; catalogue.hasCharacter(labels.character); ++number) {
    labels.character = base + "-" + std::to_string(number);
  }
  ImportReport report;
  const std::array<Sprite, 4> views = composeViews(library, character);
  monitor.checkCancelled();
  Catalogue::Transaction transaction(catalogue);
  for (std::size_t i = 0; i < views.size(); ++i) {
    const PackedSprite packed = packSprite(views[i]);
    if (catalogue.hasContent(packed.hash)) ++report.duplicates;
    labels.view = kViews[i];
    report.sprites.push_back(catalogue.addPacked(packed, labels));
  }
  transaction.commit();
  report.imported = static_cast<std::int64_t>(views.size());
  report.characters = 1;
  report.views = sortedViews({kViews.begin(), kViews.end()});
  report.sizes = {"64x64"};
  return report;
}

}  // namespace loom
