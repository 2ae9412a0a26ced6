#include "core/dataset/sprite_filter.h"

#include <QString>
#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "core/base/error.h"
#include "core/project/view.h"

namespace loom {
namespace {

// The lines of a filterText. The first four are what a bare word is looked for in.
enum Line : std::size_t { kCharacter, kView, kTags, kSource, kLicence, kAuthor, kAnimation, kLines };
constexpr std::size_t kWordLines = 4;

constexpr const char* kKeys =
    "character, view, tag, source, licence, author, animation, frame, size, width, height, colours, excluded, cleaned, "
    "duplicate";

std::string folded(std::string_view text) {
  const bool ascii = std::ranges::all_of(text, [](char letter) { return static_cast<unsigned char>(letter) < 0x80; });
  if (!ascii) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size())).toCaseFolded().toStdString();
  }
  std::string lower(text);
  for (char& letter : lower) letter = letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  return lower;
}

/// The first `count` lines, or line `number` alone.
std::string_view lines(std::string_view text, std::size_t first, std::size_t count) {
  std::size_t begin = 0;
  for (; first > 0 && begin < text.size(); --first) begin = std::min(text.find('\n', begin), text.size() - 1) + 1;
  std::size_t end = begin;
  for (; count > 0 && end < text.size(); --count) end = std::min(text.find('\n', end), text.size() - 1) + 1;
  return text.substr(begin, end - begin);
}

std::string_view line(std::string_view text, Line number) {
  std::string_view found = lines(text, number, 1);
  if (found.ends_with('\n')) found.remove_suffix(1);
  return found;
}

bool hasWord(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ') && (end == words.size() || words[end] == ' ')) return true;
  }
  return false;
}

/// What a number is compared with: lowest..highest, both included.
struct Range {
  int lowest = 0;
  int highest = 0;
  bool holds(int value) const { return value >= lowest && value <= highest; }
};

std::optional<int> wholeNumber(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  constexpr int kHighest = 1'000'000'000;
  const bool good = error == std::errc() && end == text.data() + text.size() && number >= 0 && number <= kHighest;
  return good ? std::optional(number) : std::nullopt;
}

std::optional<Range> parseRange(std::string_view text) {
  constexpr int kHighest = 2'000'000'000;
  const auto behind = [&text](std::string_view sign) -> std::optional<int> {
    return text.starts_with(sign) ? wholeNumber(text.substr(sign.size())) : std::nullopt;
  };
  if (const auto least = behind(">=")) return Range{*least, kHighest};
  if (const auto most = behind("<=")) return Range{0, *most};
  if (const auto below = behind(">")) return Range{*below + 1, kHighest};
  if (const auto above = behind("<")) return Range{0, *above - 1};
  if (const auto exact = behind("=")) return Range{*exact, *exact};
  const std::size_t dots = text.find("..");
  const auto first = wholeNumber(text.substr(0, dots));
  const auto last = dots == std::string_view::npos ? first : wholeNumber(text.substr(dots + 2));
  return first && last ? std::optional(Range{*first, *last}) : std::nullopt;
}

[[noreturn]] void failValue(const std::string& key, const std::string& value, const std::string& hint) {
  throw Error("'" + value + "' makes no sense after " + key + ":", hint);
}

}  // namespace

std::string filterText(const SpriteInfo& sprite) {
  std::string text;
  for (const std::string* part : {&sprite.character, &sprite.view, &sprite.tags, &sprite.source, &sprite.licence,
                                  &sprite.author, &sprite.animation}) {
    const std::size_t from = text.size();
    text += *part;
    std::replace(text.begin() + static_cast<std::ptrdiff_t>(from), text.end(), '\n', ' ');
    text += '\n';  // so that no word matches across two fields
  }
  return folded(text);
}

/// Takes a filter's text apart.
class SpriteFilterParser {
 public:
  explicit SpriteFilterParser(std::string_view text) : m_rest(text) {}

  SpriteFilter parse() {
    for (skipSpaces(); !m_rest.empty(); skipSpaces()) m_filter.m_terms.push_back(term());
    return std::move(m_filter);
  }

 private:
  using Term = SpriteFilter::Term;
  using Candidate = SpriteFilter::Candidate;

  void skipSpaces() {
    const std::size_t from = m_rest.find_first_not_of(" \t\r\n");
    m_rest.remove_prefix(std::min(from, m_rest.size()));
  }

  bool take(std::string_view start) {
    if (m_rest.size() <= start.size() || folded(m_rest.substr(0, start.size())) != start) return false;
    if (std::string_view(" \t\r\n").find(m_rest[start.size()]) != std::string_view::npos) return false;
    m_rest.remove_prefix(start.size());
    return true;
  }

  Term term() {
    bool opposite = false;
    while (take("-") || take("not:")) opposite = !opposite;
    Term found = positiveTerm();
    if (!opposite) return found;
    return [found = std::move(found)](const Candidate& candidate) { return !found(candidate); };
  }

  Term positiveTerm() {
    if (m_rest.front() != '"') {
      const std::size_t end = std::min(m_rest.find_first_of(" \t\r\n\":"), m_rest.size());
      if (end < m_rest.size() && m_rest[end] == ':') {
        const std::string key = folded(m_rest.substr(0, end));
        m_rest.remove_prefix(end + 1);
        return keyTerm(key);
      }
    }
    return [word = folded(value())](const Candidate& candidate) {
      return lines(candidate.text, 0, kWordLines).find(word) != std::string_view::npos;
    };
  }

  /// Up to the next space, or what stands between quotes.
  std::string value() {
    if (m_rest.starts_with('"')) {
      const std::size_t end = m_rest.find('"', 1);
      if (end == std::string_view::npos) throw Error("a quote is not closed in the filter", "add the second \"");
      const std::string text(m_rest.substr(1, end - 1));
      m_rest.remove_prefix(end + 1);
      return text;
    }
    const std::size_t end = std::min(m_rest.find_first_of(" \t\r\n"), m_rest.size());
    const std::string text(m_rest.substr(0, end));
    m_rest.remove_prefix(end);
    return text;
  }

  Term keyTerm(const std::string& key) {
    const bool quoted = m_rest.starts_with('"');
    const std::string raw = value();
    if (raw.empty() && !quoted) {
      throw Error(key + ": needs a value", key + ":\"\" finds the sprites without one");
    }
    if (auto words = wordTerm(key, raw)) return *words;
    if (auto numbers = numberTerm(key, raw)) return *numbers;
    if (auto yes = yesTerm(key, raw)) return *yes;
    throw Error("a filter knows no '" + key + ":'",
                std::string("it knows ") + kKeys + "; put words with a colon in quotes: \"" + key + ":" + raw + "\"");
  }

  static Term emptyLine(Line number) {
    return [number](const Candidate& candidate) { return line(candidate.text, number).empty(); };
  }

  static std::optional<Term> wordTerm(const std::string& key, const std::string& raw) {
    constexpr std::array<std::pair<std::string_view, Line>, 8> kFields{{{"character", kCharacter},
                                                                        {"view", kView},
                                                                        {"tag", kTags},
                                                                        {"source", kSource},
                                                                        {"licence", kLicence},
                                                                        {"license", kLicence},
                                                                        {"author", kAuthor},
                                                                        {"animation", kAnimation}}};
    const auto field = std::ranges::find(kFields, std::string_view(key), [](const auto& entry) { return entry.first; });
    if (field == kFields.end()) return std::nullopt;
    const Line number = field->second;
    if (raw.empty()) return emptyLine(number);
    const std::string text = folded(raw);
    if (number == kTags) {
      return [text](const Candidate& candidate) { return hasWord(line(candidate.text, kTags), text); };
    }
    if (number == kView || number == kAnimation) {
      const std::string same = number == kView ? parseView(raw).value_or(text) : text;
      return [text, same, number](const Candidate& candidate) {
        const std::string_view found = line(candidate.text, number);
        return found == text || found == same;
      };
    }
    return [text, number](const Candidate& candidate) {
      return line(candidate.text, number).find(text) != std::string_view::npos;
    };
  }

  static std::optional<Term> numberTerm(const std::string& key, const std::string& raw) {
    if (key == "size") return sizeTerm(raw);
    constexpr std::array<std::pair<std::string_view, int SpriteInfo::*>, 5> kNumbers{{{"width", &SpriteInfo::width},
                                                                                      {"height", &SpriteInfo::height},
                                                                                      {"colours", &SpriteInfo::colours},
                                                                                      {"colors", &SpriteInfo::colours},
                                                                                      {"frame", &SpriteInfo::frame}}};
    const auto known =
        std::ranges::find(kNumbers, std::string_view(key), [](const auto& entry) { return entry.first; });
    if (known == kNumbers.end()) return std::nullopt;
    const auto range = parseRange(raw);
    if (!range) failValue(key, raw, "write " + key + ":64, " + key + ":>64, " + key + ":<=64 or " + key + ":16..64");
    return [range = *range, field = known->second](const Candidate& candidate) {
      return range.holds(candidate.sprite.*field);
    };
  }

  static Term sizeTerm(const std::string& raw) {
    const std::size_t cross = raw.find_first_of("xX");
    const auto width = wholeNumber(std::string_view(raw).substr(0, cross));
    const auto height = cross == std::string::npos ? width : wholeNumber(std::string_view(raw).substr(cross + 1));
    if (!width || !height) failValue("size", raw, "write size:64x64, or width:>64 to compare");
    return [w = *width, h = *height](const Candidate& candidate) {
      return candidate.sprite.width == w && candidate.sprite.height == h;
    };
  }

  std::optional<Term> yesTerm(const std::string& key, const std::string& raw) {
    if (key != "excluded" && key != "cleaned" && key != "duplicate") return std::nullopt;
    const std::string word = folded(raw);
    const bool wanted = word == "yes" || word == "true";
    if (!wanted && word != "no" && word != "false") failValue(key, raw, "write " + key + ":yes or " + key + ":no");
    if (key == "duplicate") {
      m_filter.m_needsDuplicates = true;
      return
          [wanted](const Candidate& candidate) { return candidate.duplicates.contains(candidate.sprite.id) == wanted; };
    }
    if (key == "excluded") m_filter.m_asksForExcluded = true;
    const auto field = key == "excluded" ? &SpriteInfo::excluded : &SpriteInfo::cleaned;
    return [wanted, field](const Candidate& candidate) { return candidate.sprite.*field == wanted; };
  }

  std::string_view m_rest;
  SpriteFilter m_filter;
};

SpriteFilter SpriteFilter::parse(const std::string& text) {
  return SpriteFilterParser(text).parse();
}

void SpriteFilter::setDuplicates(std::unordered_set<SpriteId> duplicates) {
  m_duplicates = std::move(duplicates);
}

bool SpriteFilter::matches(const SpriteInfo& sprite) const {
  return m_terms.empty() || matches(sprite, filterText(sprite));
}

bool SpriteFilter::matches(const SpriteInfo& sprite, std::string_view text) const {
  const Candidate candidate{sprite, text, m_duplicates};
  return std::ranges::all_of(m_terms, [&candidate](const Term& term) { return term(candidate); });
}

std::vector<SpriteInfo> spritesWhere(const Catalogue& catalogue, SpriteFilter filter) {
  if (filter.needsDuplicates()) {
    std::unordered_set<SpriteId> duplicates;
    for (const auto& group : catalogue.duplicateGroups()) duplicates.insert(group.begin(), group.end());
    filter.setDuplicates(std::move(duplicates));
  }
  std::vector<SpriteInfo> sprites = catalogue.sprites();
  std::erase_if(sprites, [&filter](const SpriteInfo& sprite) { return !filter.matches(sprite); });
  return sprites;
}

}  // namespace loom
