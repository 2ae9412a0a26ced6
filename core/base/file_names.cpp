#include "core/base/file_names.h"

#include <algorithm>
#include <string_view>

namespace loom {
namespace {

std::string lowered(std::string text) {
  std::ranges::transform(text, text.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  return text;
}

}  // namespace

std::string safeFileName(const std::string& name) {
  std::string safe = name;
  for (char& letter : safe) {
    const bool control = static_cast<unsigned char>(letter) < ' ';
    if (control || std::string_view("/\\:*?\"<>|").find(letter) != std::string_view::npos) letter = '_';
  }
  if (safe.empty() || safe.front() == '.') safe.insert(safe.begin(), '_');
  constexpr std::size_t kLongest = 200;
  if (safe.size() > kLongest) {
    std::size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(safe[end]) & 0xC0U) == 0x80U) --end;  // no letter is cut in two
    safe.resize(end > 0 ? end : kLongest);
  }
  return safe;
}

std::filesystem::path FilePaths::add(const std::filesystem::path& folder, const std::string& name,
                                     const std::string& extension) {
  const std::string stem = (folder / safeFileName(name)).string();
  std::string path = stem + extension;
  int& last = m_last.try_emplace(lowered(path), 1).first->second;
  while (!m_taken.insert(lowered(path)).second) path = stem + "-" + std::to_string(++last) + extension;
  return path;
}

}  // namespace loom
