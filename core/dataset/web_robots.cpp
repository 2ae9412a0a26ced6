#include "core/dataset/web_robots.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "core/base/limits.h"
#include "core/dataset/web_url.h"

namespace loom {
namespace {

constexpr double kLongestDelay = 30;  // seconds

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\v\f";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

/// The product token a user-agent line names: letters, "_" and "-" alone, or "*".
std::string productOf(std::string_view value) {
  if (value.starts_with('*')) return "*";
  const auto partOfToken = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
  };
  const auto end = std::ranges::find_if_not(value, partOfToken);
  return asciiLowered(value.substr(0, static_cast<std::size_t>(end - value.begin())));
}

bool isUnreserved(unsigned code) {
  return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') || (code >= '0' && code <= '9') || code == '-' ||
         code == '.' || code == '_' || code == '~';
}

/// One spelling for what means the same (RFC 9309, 2.2.2): bytes outside ASCII as %XX, %XX of plain letters as letters,
/// hexadecimal digits large.
std::string normalised(std::string_view path) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string result;
  const auto escape = [&](unsigned code) {
    result += '%';
    result += kDigits[code >> 4U];
    result += kDigits[code & 15U];
  };
  for (std::size_t i = 0; i < path.size(); ++i) {
    const auto code = static_cast<unsigned char>(path[i]);
    unsigned value = 0;
    const char* digits = path.data() + i + 1;
    if (code == '%' && i + 2 < path.size() && std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2) {
      i += 2;
      isUnreserved(value) ? result += static_cast<char>(value) : (escape(value), result);
    } else if (code >= 0x80 || code <= ' ') {
      escape(code);
    } else {
      result += path[i];
    }
  }
  return result;
}

/// Whether `pattern` fits the beginning of `path`: "*" stands for anything, "$" at the end for the end. Greedy with one
/// way back, so that its time is bounded by the product of the lengths.
bool fits(std::string_view pattern, std::string_view path) {
  const bool toTheEnd = pattern.ends_with('$');
  if (toTheEnd) pattern.remove_suffix(1);
  constexpr std::size_t kNone = std::string_view::npos;
  std::size_t at = 0;
  std::size_t star = kNone;
  std::size_t resume = 0;
  for (std::size_t i = 0;;) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = ++at;
      resume = i;
    } else if (at == pattern.size() && (!toTheEnd || i == path.size())) {
      return true;
    } else if (at < pattern.size() && i < path.size() && pattern[at] == path[i]) {
      ++at;
      ++i;
    } else if (star != kNone && resume < path.size()) {
      at = star;
      i = ++resume;
    } else {
      return false;
    }
  }
}

std::chrono::milliseconds delayOf(std::string_view value) {
  double seconds = 0;
  const auto result = std::from_chars(value.data(), value.data() + value.size(), seconds);
  if (result.ec != std::errc() || !(seconds > 0)) return std::chrono::milliseconds(0);
  return std::chrono::milliseconds(static_cast<std::int64_t>(std::min(seconds, kLongestDelay) * 1000));
}

}  // namespace

struct RobotsRules::Group {
  std::vector<std::string> products;
  std::vector<Rule> rules;
  std::chrono::milliseconds delay{0};
};

RobotsRules::RobotsRules(std::string_view text, std::string_view product) {
  text = text.substr(0, static_cast<std::size_t>(limits::kMaxRobotsBytes));
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<Group> groups;
  bool naming = false;  // several user-agent lines in a row begin one group
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const std::string_view line = text.substr(0, std::min(text.substr(0, end).find('#'), end));
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string key = asciiLowered(trimmed(line.substr(0, colon)));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (key == "user-agent") {
      if (!naming) groups.emplace_back();
      naming = true;
      groups.back().products.push_back(productOf(value));
    } else if (key == "allow" || key == "disallow") {
      naming = false;
      if (!groups.empty() && !value.empty()) groups.back().rules.push_back({normalised(value), key == "allow"});
    } else if (key == "crawl-delay") {
      naming = false;
      if (!groups.empty()) groups.back().delay = std::max(groups.back().delay, delayOf(value));
    }
  }
  take(groups, asciiLowered(product));
}

void RobotsRules::take(const std::vector<Group>& groups, std::string_view product) {
  const auto isFor = [](const Group& group, std::string_view name) {
    return std::ranges::find(group.products, name) != group.products.end();
  };
  const bool named = std::ranges::any_of(groups, [&](const Group& group) { return isFor(group, product); });
  for (const Group& group : groups) {
    if (!isFor(group, named ? product : "*")) continue;
    m_rules.insert(m_rules.end(), group.rules.begin(), group.rules.end());
    m_crawlDelay = std::max(m_crawlDelay, group.delay);
  }
}

bool RobotsRules::allows(std::string_view path) const {
  const std::string wanted = normalised(path);
  if (wanted == "/robots.txt") return true;
  bool allowed = true;
  std::size_t longest = 0;
  for (const Rule& rule : m_rules) {
    const std::size_t length = rule.pattern.size();
    if (length < longest || (length == longest && (allowed || !rule.allow)) || !fits(rule.pattern, wanted)) continue;
    longest = length;
    allowed = rule.allow;
  }
  return allowed;
}

}  // namespace loom
