#include "core/dataset/lpc_credits.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/limits.h"
#include "core/dataset/lpc_credits_text.h"
#include "core/dataset/lpc_layers_paths.h"

namespace loom {
namespace {

using namespace lpc_text;

bool contains(const Words& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

void addOnce(Words& words, const std::string& word) {
  if (!word.empty() && !contains(words, word)) words.push_back(word);
}

bool isBody(const std::string& word) {
  return word == "male" || word == "female" || word == "skeleton";
}

/// One spelling for what AUTHORS.txt and the file names write differently; empty for words that say nothing.
std::string plainWord(std::string word) {
  constexpr std::array<std::string_view, 30> kNoise = {
      "all",          "layers",  "in",        "the",       "group",    "most",  "of",    "assets",
      "with",         "w",       "script",    "recolor",   "recolors", "full",  "frame", "auto",
      "autoposition", "adapted", "following", "color",     "tones",    "style", "png",   "no",
      "animations",   "for",     "from",      "separated", "by",       "attire"};
  if (word == "m") return "male";
  if (word == "f") return "female";
  if (word == "hairstyle" || word == "hairstyles") return "hair";
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) word.pop_back();
  if (word == "helmet") return "helm";
  if (word == "golden") return "gold";
  if (word == "grey") return "gray";
  if (word == "armour") return "armor";
  if (word == "skinned" || word == "skin") return "body";
  const bool noise =
      std::ranges::find(kNoise, word) != kNoise.end() || std::ranges::find(kNoise, word + "s") != kNoise.end();
  return noise ? std::string() : word;
}

Words plainWords(const std::string& text) {
  Words words;
  for (const std::string& word : lpcWords(text)) addOnce(words, plainWord(word));
  return words;
}

/// "tanned" names tanned2 as well.
bool has(const Words& path, const std::string& word) {
  return std::ranges::any_of(path, [&](const std::string& each) {
    return each == word ||
           (each.size() == word.size() + 1 && each.starts_with(word) && each.back() >= '0' && each.back() <= '9');
  });
}

std::string pathKey(const std::string& path) {
  std::string key;
  for (const std::string& folder : lpcFolders(path)) key += (key.empty() ? "" : "/") + folder;
  return key;
}

/// The path's words; for a body itself also "base", which the base animations have.
Words wordsOfPath(const std::string& path) {
  Words words = plainWords(path);
  const auto folders = lpcFolders(path);
  if (folders.size() == 3 && lpcWords(folders[0]) == Words{"body"}) words.push_back("base");
  return words;
}

}  // namespace

LpcCredits::LpcCredits(const std::string& authorsText, const std::string& licenceText, const std::string& creditsCsv)
    : m_licence(licenceIn(licenceText + " " + authorsText)) {
  readAuthors(authorsText);
  readCsv(creditsCsv);
}

void LpcCredits::readAuthors(const std::string& text) {
  // Every line is searched for every name.
  const Words lines = linesOf(text.substr(0, static_cast<std::size_t>(limits::kMaxLpcAuthorsBytes)));
  const auto isHeading = [&](std::size_t i) {
    return i + 1 < lines.size() && isUnderline(lines[i + 1]) && !isUnderline(lines[i]);
  };
  for (std::size_t i = 0; i < lines.size() && m_everyone.size() < limits::kMaxLpcAuthors; ++i) {
    if (isHeading(i)) addOnce(m_everyone, trimmed(withoutBrackets(lines[i]).first));
  }
  std::size_t author = m_everyone.size();
  bool animations = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (isHeading(i)) {
      const auto found = std::ranges::find(m_everyone, trimmed(withoutBrackets(lines[i]).first));
      author = static_cast<std::size_t>(found - m_everyone.begin());
      animations = false;
      continue;
    }
    if (author >= m_everyone.size() || isUnderline(lines[i]) || trimmed(lines[i]).empty()) continue;
    if (!lines[i].starts_with('\t') && !lines[i].starts_with(' ')) animations = false;
    if (lines[i].find("base animations") != std::string::npos) {
      animations = true;  // the lines below say which
      continue;
    }
    Work work = workOf(lines[i], author, animations);
    if (!work.alternatives.empty()) m_works.push_back(std::move(work));
  }
}

LpcCredits::Work LpcCredits::workOf(const std::string& line, std::size_t author, bool animations) const {
  Work work;
  work.authors = {author};
  const auto [text, note] = withoutBrackets(line);
  for (std::size_t i = 0; i < m_everyone.size(); ++i) {  // "princess (color removed by Matthew Krohn)"
    if (i != author && line.find(m_everyone[i]) != std::string::npos) work.authors.push_back(i);
  }
  for (const std::string& word : plainWords(note)) {
    if (isBody(word)) work.bodies.push_back(word);
  }
  if (animations) {
    work.alternatives.push_back({"body", "base"});
    return work;
  }
  const Words parts = split(withoutAnd(text), ",/");
  Words shared;  // "red2, black2, gold hair recolors": hair in all of them
  if (parts.size() > 1) {
    for (const std::string& word : plainWords(parts.back())) {
      if (word == "hair" || word == "body" || word == "pant") shared.push_back(word);
    }
  }
  for (const std::string& part : parts) {
    Words words = plainWords(part);
    for (const std::string& word : shared) addOnce(words, word);
    if (!words.empty()) work.alternatives.push_back(std::move(words));
  }
  return work;
}

void LpcCredits::readCsv(const std::string& text) {
  const std::vector<Words> records = csvRecords(text);
  if (records.empty()) return;
  const auto column = [&](std::string_view name) {
    const auto found = std::ranges::find_if(
        records.front(), [&](const std::string& each) { return lpcWords(each) == Words{std::string(name)}; });
    return static_cast<std::size_t>(found - records.front().begin());
  };
  const std::size_t file = column("filename");
  const std::size_t authors = column("authors");
  const std::size_t licences = column("licenses");
  for (std::size_t i = 1; i < records.size(); ++i) {
    const Words& record = records[i];
    if (record.size() <= std::max(file, authors)) continue;
    LpcCredit credit{.authors = {}, .licence = {}, .exact = true};
    for (const std::string& name : split(record[authors], ",;")) addOnce(credit.authors, trimmed(name));
    if (licences < record.size()) credit.licence = trimmed(record[licences]);
    if (const std::string key = pathKey(record[file]); !key.empty() && !credit.authors.empty()) m_byPath[key] = credit;
  }
}

LpcCredit LpcCredits::of(const std::string& path) const {
  if (const auto found = m_byPath.find(pathKey(path)); found != m_byPath.end()) return found->second;
  const Words words = wordsOfPath(path);
  const auto folders = lpcFolders(path);
  const std::string top = folders.empty() ? std::string() : plainWord(lpcWords(folders[0]).front());
  const bool coloured = std::ranges::any_of(words, isLpcColour);
  std::vector<bool> credited(m_everyone.size());
  bool settled = false;
  for (const Work& work : m_works) {
    const auto bodyFits = [&](const std::string& body) { return contains(words, body); };
    if (!work.bodies.empty() && std::ranges::none_of(work.bodies, bodyFits)) continue;
    for (const Words& alternative : work.alternatives) {
      // A colour counts where the file has one at all: "jacket purple" is drawn in one colour and called "jacket".
      const auto met = [&](const std::string& word) { return has(words, word) || (!coloured && isLpcColour(word)); };
      if (!std::ranges::all_of(alternative, met)) continue;
      for (const std::size_t author : work.authors) credited[author] = true;
      const auto tells = [&](const std::string& word) { return !isBody(word); };
      const auto count = std::ranges::count_if(alternative, tells);
      const bool vague = count == 1 && std::ranges::all_of(alternative, [&](const std::string& word) {
                           return isBody(word) || word == top || isLpcColour(word) || word == "hair";
                         });
      settled |= count > 0 && !vague;
    }
  }
  LpcCredit credit{.authors = {}, .licence = m_licence, .exact = settled};
  for (std::size_t i = 0; i < m_everyone.size(); ++i) {
    if (credited[i] || !settled) credit.authors.push_back(m_everyone[i]);
  }
  return credit;
}

LpcCredit mergedCredits(const std::vector<LpcCredit>& credits) {
  LpcCredit merged{.authors = {}, .licence = {}, .exact = true};
  Words licences;
  for (const LpcCredit& credit : credits) {
    for (const std::string& author : credit.authors) addOnce(merged.authors, author);
    addOnce(licences, credit.licence);
    merged.exact &= credit.exact;
  }
  for (const std::string& licence : licences) merged.licence += (merged.licence.empty() ? "" : "; ") + licence;
  return merged;
}

std::string authorList(const LpcCredit& credit) {
  std::string list;
  for (const std::string& author : credit.authors) list += (list.empty() ? "" : ", ") + author;
  return list;
}

}  // namespace loom
