#include "ui/models/sprite_table.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

#include "core/base/error.h"
#include "core/base/natural_order.h"
#include "core/studio/studio.h"

namespace loom {
namespace {

constexpr int kSmallestUsualSide = 16;
constexpr int kLargestUsualSide = 256;

void indexViews(SpriteTable& table) {
  std::unordered_map<std::string, int> numbers;
  for (const SpriteInfo& sprite : table.sprites) numbers.try_emplace(sprite.view, 0);
  for (const auto& [view, number] : numbers) table.views.push_back(view);
  table.views = sortedViews(std::move(table.views));
  for (std::size_t i = 0; i < table.views.size(); ++i) numbers[table.views[i]] = static_cast<int>(i);
  table.viewOf.reserve(table.sprites.size());
  for (const SpriteInfo& sprite : table.sprites) table.viewOf.push_back(numbers[sprite.view]);
}

void indexCharacters(SpriteTable& table) {
  std::unordered_map<std::string_view, int> numbers;
  for (const SpriteInfo& sprite : table.sprites) numbers.try_emplace(sprite.character, 0);
  std::vector<std::string_view> names;
  names.reserve(numbers.size());
  for (const auto& [name, number] : numbers) names.push_back(name);
  std::sort(names.begin(), names.end(), naturalLess);
  for (std::size_t i = 0; i < names.size(); ++i) numbers[names[i]] = static_cast<int>(i);

  table.characterFirst.assign(names.size() + 1, 0);
  table.characterOf.reserve(table.sprites.size());
  for (const SpriteInfo& sprite : table.sprites) {
    const int number = numbers[sprite.character];
    table.characterOf.push_back(number);
    ++table.characterFirst[static_cast<std::size_t>(number) + 1];
  }
  std::partial_sum(table.characterFirst.begin(), table.characterFirst.end(), table.characterFirst.begin());

  table.byCharacter.resize(table.sprites.size());
  std::iota(table.byCharacter.begin(), table.byCharacter.end(), 0);
  std::sort(table.byCharacter.begin(), table.byCharacter.end(), [&table](int a, int b) {
    const auto i = static_cast<std::size_t>(a), j = static_cast<std::size_t>(b);
    if (table.characterOf[i] != table.characterOf[j]) return table.characterOf[i] < table.characterOf[j];
    if (table.viewOf[i] != table.viewOf[j]) return table.viewOf[i] < table.viewOf[j];
    return a < b;
  });
}

void indexTwins(SpriteTable& table) {
  std::unordered_map<std::uint64_t, std::vector<int>> byHash;
  byHash.reserve(table.sprites.size());
  for (std::size_t i = 0; i < table.sprites.size(); ++i) {
    byHash[table.sprites[i].hash].push_back(static_cast<int>(i));
  }
  for (auto& [hash, group] : byHash) {
    if (group.size() > 1) table.twins.push_back(std::move(group));
  }
  std::sort(table.twins.begin(), table.twins.end());
  table.twinsOf.assign(table.sprites.size(), -1);
  for (std::size_t group = 0; group < table.twins.size(); ++group) {
    for (const int index : table.twins[group]) table.twinsOf[static_cast<std::size_t>(index)] = static_cast<int>(group);
  }
}

int usualSide(const std::vector<SpriteInfo>& sprites) {
  std::map<int, int> times;
  for (const SpriteInfo& sprite : sprites) ++times[std::max(sprite.width, sprite.height)];
  const auto usual =
      std::max_element(times.begin(), times.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return usual == times.end() ? 64 : std::clamp(usual->first, kSmallestUsualSide, kLargestUsualSide);
}

/// The terms of a text: apart by spaces, but for those between quotes; a quote that is not closed yet is.
std::vector<std::string> termsOf(const std::string& text) {
  std::vector<std::string> terms;
  std::string term;
  bool quoted = false;
  for (const char letter : text + ' ') {
    if (letter == '"') quoted = !quoted;
    const bool ends = !quoted && letter == ' ';
    if (!ends) term += letter;
    if (ends && !term.empty()) terms.push_back(std::exchange(term, {}));
  }
  term.erase(term.find_last_not_of(' ') + 1);
  if (quoted && term != "\"") terms.push_back(term + '"');
  return terms;
}

/// What a text means while it is being typed: a key whose value is still to come asks for nothing, and what a filter
/// cannot read ("https://…") is a word.
SpriteFilter filterFor(const QString& typed) {
  std::string text;
  for (const std::string& term : termsOf(typed.simplified().toStdString())) {
    if (term.ends_with(':')) continue;
    try {
      SpriteFilter::parse(term);
      text += term + ' ';
    } catch (const Error&) {
      std::string word = term;
      std::erase(word, '"');
      text += '"' + word + "\" ";
    }
  }
  return SpriteFilter::parse(text);
}

class Filter {
 public:
  Filter(const SpriteTable& table, const SpriteQuery& query)
      : m_table(table), m_show(query.show), m_filter(filterFor(query.text)) {
    if (!m_filter.needsDuplicates()) return;
    std::unordered_set<SpriteId> twins;
    for (std::size_t i = 0; i < table.ids.size(); ++i) {
      if (table.twinsOf[i] >= 0) twins.insert(table.ids[i]);
    }
    m_filter.setDuplicates(std::move(twins));
  }
  bool passes(int index) const {
    const auto i = static_cast<std::size_t>(index);
    if (m_show == SpriteShow::kIncluded && m_table.sprites[i].excluded) return false;
    if (m_show == SpriteShow::kExcluded && !m_table.sprites[i].excluded) return false;
    if (m_show == SpriteShow::kDuplicates && m_table.twinsOf[i] < 0) return false;
    return m_filter.matches(m_table.sprites[i], m_table.texts[i]);
  }

 private:
  const SpriteTable& m_table;
  SpriteShow m_show;
  SpriteFilter m_filter;
};

SectionKind sectionKind(const SpriteQuery& query) {
  if (query.grouping == SpriteGrouping::kCharacter) return SectionKind::kCharacter;
  if (query.grouping == SpriteGrouping::kView) return SectionKind::kView;
  return query.show == SpriteShow::kDuplicates ? SectionKind::kTwins : SectionKind::kPlain;
}

/// Every index, in the order in which a grouping of this kind shows them.
std::vector<int> orderFor(const SpriteTable& table, SectionKind kind) {
  std::vector<int> order = table.byCharacter;
  const auto byNumber = [&order](const std::vector<int>& numbers) {
    std::stable_sort(order.begin(), order.end(), [&numbers](int a, int b) {
      return numbers[static_cast<std::size_t>(a)] < numbers[static_cast<std::size_t>(b)];
    });
  };
  if (kind == SectionKind::kView) byNumber(table.viewOf);
  if (kind == SectionKind::kTwins) byNumber(table.twinsOf);
  return order;
}

int labelOf(const SpriteTable& table, SectionKind kind, int index) {
  const auto i = static_cast<std::size_t>(index);
  switch (kind) {
    case SectionKind::kCharacter:
      return table.characterOf[i];
    case SectionKind::kView:
      return table.viewOf[i];
    case SectionKind::kTwins:
      return table.twinsOf[i];
    case SectionKind::kPlain:
    case SectionKind::kFindings:
      break;
  }
  return -1;
}

SpriteArrangement arrangeFindings(const SpriteTable& table, const SpriteQuery& query, const Filter& filter) {
  SpriteArrangement result;
  result.kind = SectionKind::kFindings;
  result.rowOf.assign(table.sprites.size(), -1);
  for (std::size_t group = 0; group < query.findings->groups.size(); ++group) {
    SpriteSection section{static_cast<int>(result.rows.size()), 0, static_cast<int>(group)};
    for (const SpriteId id : query.findings->groups[group].sprites) {
      const int index = table.indexOf(id);
      if (index < 0 || result.rowOf[static_cast<std::size_t>(index)] >= 0 || !filter.passes(index)) continue;
      result.rowOf[static_cast<std::size_t>(index)] = static_cast<int>(result.rows.size());
      result.rows.push_back(index);
      ++section.count;
    }
    if (section.count > 0) result.sections.push_back(section);
  }
  return result;
}

}  // namespace

std::span<const int> SpriteTable::ofCharacter(int character) const {
  const auto number = static_cast<std::size_t>(character);
  const auto first = static_cast<std::size_t>(characterFirst[number]);
  return std::span(byCharacter).subspan(first, static_cast<std::size_t>(characterFirst[number + 1]) - first);
}

int SpriteTable::indexOf(SpriteId id) const {
  const auto found = std::lower_bound(ids.begin(), ids.end(), id);
  return found == ids.end() || *found != id ? -1 : static_cast<int>(found - ids.begin());
}

std::shared_ptr<const SpriteTable> loadSpriteTable(const Catalogue& catalogue) {
  auto table = std::make_shared<SpriteTable>();
  table->sprites = catalogue.sprites();
  table->ids.reserve(table->sprites.size());
  table->texts.reserve(table->sprites.size());
  for (const SpriteInfo& sprite : table->sprites) {
    table->ids.push_back(sprite.id);
    table->texts.push_back(filterText(sprite));
  }
  indexViews(*table);
  indexCharacters(*table);
  indexTwins(*table);
  table->usualSide = usualSide(table->sprites);
  return table;
}

SpriteArrangement arrangeSprites(const SpriteTable& table, const SpriteQuery& query) {
  const Filter filter(table, query);
  if (query.findings) return arrangeFindings(table, query, filter);
  SpriteArrangement result;
  result.kind = sectionKind(query);
  result.rowOf.assign(table.sprites.size(), -1);
  for (const int index : orderFor(table, result.kind)) {
    if (!filter.passes(index)) continue;
    const int row = static_cast<int>(result.rows.size());
    const int label = labelOf(table, result.kind, index);
    if (result.sections.empty() || result.sections.back().label != label) result.sections.push_back({row, 0, label});
    ++result.sections.back().count;
    result.rowOf[static_cast<std::size_t>(index)] = row;
    result.rows.push_back(index);
  }
  return result;
}

SpriteSummary summariseSprites(const SpriteTable& table, std::span<const int> indices, std::span<const char> excluded) {
  SpriteSummary summary;
  summary.sprites = static_cast<int>(indices.size());
  std::vector<char> characterSeen(static_cast<std::size_t>(table.characters()), 0);
  std::vector<int> perView(table.views.size(), 0);
  std::map<std::pair<int, int>, int> perSize;
  for (const int index : indices) {
    const auto i = static_cast<std::size_t>(index);
    summary.excluded += excluded[i] != 0 ? 1 : 0;
    characterSeen[static_cast<std::size_t>(table.characterOf[i])] = 1;
    ++perView[static_cast<std::size_t>(table.viewOf[i])];
    ++perSize[{table.sprites[i].width, table.sprites[i].height}];
  }
  summary.characters = static_cast<int>(std::count(characterSeen.begin(), characterSeen.end(), char{1}));
  for (std::size_t view = 0; view < perView.size(); ++view) {
    if (perView[view] > 0) summary.views.emplace_back(table.views[view], perView[view]);
  }
  for (const auto& [size, times] : perSize) {
    summary.sizes.emplace_back(std::to_string(size.first) + " × " + std::to_string(size.second), times);
  }
  std::stable_sort(summary.sizes.begin(), summary.sizes.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return summary;
}

}  // namespace loom
