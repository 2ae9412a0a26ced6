#include "core/dataset/importer_names.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/base/limits.h"
#include "core/project/view.h"

namespace loom {
namespace {

/// What a path says by itself.
struct Reading {
  std::string view;
  std::string base;               ///< the file's name without view and ending
  std::vector<std::string> rest;  ///< the folders without the view's
  std::string ending;             ///< ".png"
  std::string origin;             ///< what people would call the source
};

std::string joined(std::span<const std::string> parts) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : "/") + part;
  return text;
}

bool isNumber(const std::string& text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// The folders whose numbered subfolders are views: two or more, none but 0, 1, 2, 3.
class NumberedFolders {
 public:
  explicit NumberedFolders(std::span<const PicturePath> paths) {
    for (const PicturePath& path : paths) {
      for (std::size_t i = 0; i < path.folders.size(); ++i) {
        if (mayBeNumbered(path, i)) m_children[parentOf(path, i)].insert(path.folders[i]);
      }
    }
  }
  bool isView(const PicturePath& path, std::size_t index) const {
    if (!mayBeNumbered(path, index)) return false;
    const std::set<std::string>& siblings = m_children.at(parentOf(path, index));
    return siblings.size() >= 2 &&
           std::ranges::all_of(siblings, [](const auto& name) { return parseView(name).has_value(); });
  }

 private:
  static bool mayBeNumbered(const PicturePath& path, std::size_t index) {
    return isNumber(path.folders[index]) && !(path.inArchive && index == 0);
  }
  static std::string parentOf(const PicturePath& path, std::size_t index) {
    return path.where + "//" + joined(std::span(path.folders).first(index));
  }
  std::map<std::string, std::set<std::string>> m_children;
};

std::optional<std::string> folderView(const PicturePath& path, std::size_t index, const NumberedFolders& numbered) {
  const std::string& name = path.folders[index];
  if (isNumber(name) && !numbered.isView(path, index)) return std::nullopt;
  return name == kAnyView ? std::optional(name) : parseView(name);
}

constexpr const char* kSeparators = "-_ .";

struct Word {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<Word> wordsOf(const std::string& text) {
  std::vector<Word> words;
  for (std::size_t begin = text.find_first_not_of(kSeparators); begin != std::string::npos;) {
    const std::size_t end = std::min(text.find_first_of(kSeparators, begin), text.size());
    words.push_back({begin, end});
    begin = text.find_first_not_of(kSeparators, end);
  }
  return words;
}

/// `text` without its part from `begin` to `end` and the separator next to it.
std::string without(const std::string& text, std::size_t begin, std::size_t end) {
  const std::size_t next = text.find_first_not_of(kSeparators, end);
  std::string head = text.substr(0, begin);
  if (next != std::string::npos) return head + text.substr(next);
  head.erase(head.find_last_not_of(kSeparators) + 1);
  return head;
}

std::string lowered(std::string text) {
  for (char& c : text) c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

/// The last word of a file's name that is a view, "back left" before "left", and the name without it.
std::optional<std::pair<std::string, std::string>> wordView(const std::string& stem) {
  const std::vector<Word> words = wordsOf(stem);
  const auto textOf = [&](std::size_t first, std::size_t last) {
    return stem.substr(words[first].begin, words[last].end - words[first].begin);
  };
  for (std::size_t i = words.size(); i-- > 0;) {
    const auto single = parseViewWord(textOf(i, i));
    if (!single || (i > 0 && lowered(textOf(i - 1, i - 1)) == "top")) continue;  // "top-down" is a perspective, no side
    if (i > 0) {
      const auto pair = parseViewWord(textOf(i - 1, i));
      if (pair && *pair != *single) return std::pair(*pair, without(stem, words[i - 1].begin, words[i].end));
    }
    return std::pair(*single, without(stem, words[i].begin, words[i].end));
  }
  return std::nullopt;
}

std::string lastOf(const std::string& where) {
  return where.substr(where.find_last_of('/') + 1);
}

Reading readPath(const PicturePath& path, const NumberedFolders& numbered) {
  Reading reading{.view = {}, .base = {}, .rest = path.folders, .ending = {}, .origin = {}};
  const std::size_t dot = path.file.find_last_of('.');
  reading.base = path.file.substr(0, dot);
  if (dot != std::string::npos) reading.ending = path.file.substr(dot);
  const bool rootIsView = !path.folders.empty() && folderView(path, 0, numbered);
  reading.origin = path.folders.empty() || rootIsView ? lastOf(path.where) : path.folders.front();
  if (reading.origin.empty()) reading.origin = "import";

  for (std::size_t i = path.folders.size(); i-- > 0 && reading.view.empty();) {
    if (const auto view = folderView(path, i, numbered)) {
      reading.view = *view;
      reading.rest.erase(reading.rest.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  if (reading.view.empty()) {
    if (auto word = wordView(reading.base)) std::tie(reading.view, reading.base) = std::move(*word);
  }
  if (reading.view.empty()) reading.view = kAnyView;
  if (reading.base.empty() && !reading.rest.empty()) {  // "knight/front.png": the folder is the character
    reading.base = reading.rest.back();
    reading.rest.pop_back();
  }
  if (reading.base.empty()) reading.base = reading.origin;
  return reading;
}

/// Whether pictures of one name from different folders stand in each other's way: they show the same view, or one of
/// them none, so that nothing says that they belong together.
bool foldersMatter(std::span<const Reading> readings) {
  struct Seen {
    std::unordered_map<std::string, std::string> folderOfView;
    std::string firstFolder;
  };
  std::unordered_map<std::string, Seen> byBase;
  for (const Reading& reading : readings) {
    const std::string folder = joined(reading.rest);
    const auto [entry, isNew] = byBase.try_emplace(reading.base);
    Seen& seen = entry->second;
    if (isNew) seen.firstFolder = folder;
    const auto [known, isNewView] = seen.folderOfView.try_emplace(reading.view, folder);
    if (!isNewView && known->second != folder) return true;
    if (folder != seen.firstFolder && seen.folderOfView.contains(std::string(kAnyView))) return true;
  }
  return false;
}

/// How many of the outermost folders all have in common.
std::size_t commonFolders(std::span<const Reading> readings) {
  std::size_t common = readings.empty() ? 0 : readings.front().rest.size();
  for (const Reading& reading : readings) {
    const auto& first = readings.front().rest;
    const std::size_t most = std::min(common, reading.rest.size());
    common = static_cast<std::size_t>(
        std::mismatch(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(most), reading.rest.begin()).first -
        first.begin());
  }
  return common;
}

std::string shortened(std::string name, std::size_t bytes) {
  if (name.size() <= bytes) return name;
  while (bytes > 0 && (static_cast<unsigned char>(name[bytes]) & 0xC0U) == 0x80U) --bytes;  // not inside a letter
  name.resize(bytes);
  return name;
}

/// Gives every wish a name of its own: the wish itself, or with the first free number behind it.
class DistinctNames {
 public:
  std::string give(const std::string& wish) {
    constexpr std::size_t kRoomForNumber = 16;
    std::string name = shortened(wish, static_cast<std::size_t>(limits::kMaxNameLength));
    int& last = m_last[name];
    const std::string stem = shortened(name, static_cast<std::size_t>(limits::kMaxNameLength) - kRoomForNumber);
    for (int number = std::max(last, 1); !m_given.insert(name).second; last = number) {
      name = stem + " (" + std::to_string(++number) + ")";
    }
    return name;
  }

 private:
  std::unordered_set<std::string> m_given;
  std::unordered_map<std::string, int> m_last;
};

/// Groups pictures into characters: for each picture its character's number, and each character's wished name.
struct Characters {
  std::vector<std::size_t> ofPicture;
  std::vector<std::string> wishes;
  std::vector<std::string> origins;
};

/// "5" of the folder "mages": one character, unless it has a view twice; then one for each ending, then one for each
/// turn.
Characters groupPictures(std::span<const Reading> readings) {
  const bool withFolders = foldersMatter(readings);
  const std::size_t common = commonFolders(readings);
  const auto nameOf = [&](const Reading& reading) {
    const std::string folder = withFolders ? joined(std::span(reading.rest).subspan(common)) : std::string();
    return folder.empty() ? reading.base : folder + "/" + reading.base;
  };
  std::unordered_set<std::string> seen;
  std::unordered_set<std::string> doubled;  // names that have a view twice, from files with different endings
  for (const Reading& reading : readings) {
    const std::string name = nameOf(reading);
    if (!seen.insert(name + '\0' + reading.view).second) doubled.insert(name);
  }
  std::unordered_map<std::string, std::string> firstEnding;
  std::unordered_set<std::string> severalEndings;
  for (const Reading& reading : readings) {
    const std::string name = nameOf(reading);
    if (doubled.contains(name) && firstEnding.try_emplace(name, reading.ending).first->second != reading.ending) {
      severalEndings.insert(name);
    }
  }
  Characters characters;
  std::map<std::pair<std::string, int>, std::size_t> numbers;
  std::unordered_map<std::string, int> turns;  // how often a name has had a view so far
  for (const Reading& reading : readings) {
    std::string name = nameOf(reading);
    if (severalEndings.contains(name)) name += reading.ending;
    const int turn = turns[name + '\0' + reading.view]++;
    const auto [entry, isNew] = numbers.try_emplace({name, turn}, characters.wishes.size());
    if (isNew) {
      characters.wishes.push_back(name);
      characters.origins.push_back(reading.origin);
    }
    characters.ofPicture.push_back(entry->second);
  }
  return characters;
}

/// With `attempt` 0 the wishes as they are, then with "heroes/", "heroes 2/", … in front.
std::vector<std::string> namesAt(const Characters& characters, int attempt) {
  DistinctNames distinct;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < characters.wishes.size(); ++i) {
    std::string name = characters.wishes[i];
    if (attempt > 0) {
      const std::string& origin = characters.origins[i];
      if (name.starts_with(origin + "/")) name.erase(0, origin.size() + 1);
      name = origin + (attempt > 1 ? " " + std::to_string(attempt) : "") + "/" + name;
    }
    names.push_back(distinct.give(name));
  }
  return names;
}

}  // namespace

std::vector<PictureName> namePictures(std::span<const PicturePath> paths,
                                      const std::function<bool(const std::string&)>& taken) {
  const NumberedFolders numbered(paths);
  std::vector<Reading> readings;
  readings.reserve(paths.size());
  for (const PicturePath& path : paths) readings.push_back(readPath(path, numbered));
  const Characters characters = groupPictures(readings);
  std::vector<std::string> names = namesAt(characters, 0);
  for (int attempt = 1; std::ranges::any_of(names, taken); ++attempt) names = namesAt(characters, attempt);
  std::vector<PictureName> result;
  result.reserve(readings.size());
  for (std::size_t i = 0; i < readings.size(); ++i) {
    result.push_back({names[characters.ofPicture[i]], readings[i].view});
  }
  return result;
}

std::string validUtf8(const std::string& text) {
  std::string clean;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : (lead & 0xF0U) == 0xE0      ? 3
                               : lead >= 0xF0 && lead < 0xF5 ? 4
                                                             : 0;
    bool whole = length > 0 && i + length <= text.size();
    std::uint32_t letter = length > 1 ? lead & (0x7FU >> length) : lead;
    for (std::size_t k = 1; whole && k < length; ++k) {
      const auto next = static_cast<unsigned char>(text[i + k]);
      whole = (next & 0xC0U) == 0x80U;
      letter = letter << 6U | (next & 0x3FU);
    }
    const bool overlong = (length == 3 && letter < 0x800) || (length == 4 && (letter < 0x10000 || letter > 0x10FFFF));
    const bool surrogate = letter >= 0xD800 && letter < 0xE000;
    if (whole && !overlong && !surrogate) {
      clean.append(text, i, length);
      i += length;
    } else {
      clean += "\xEF\xBF\xBD";
      ++i;
    }
  }
  return clean;
}

}  // namespace loom
