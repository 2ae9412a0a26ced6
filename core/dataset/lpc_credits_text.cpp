#include "core/dataset/lpc_credits_text.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "core/dataset/lpc_layers_paths.h"

namespace loom::lpc_text {

/// Splits at any of `separators`, those between brackets left alone.
Words split(const std::string& text, std::string_view separators) {
  Words parts(1);
  int depth = 0;
  for (const char letter : text) {
    if (letter == '(' || letter == '[') ++depth;
    if (letter == ')' || letter == ']') --depth;
    if (depth <= 0 && separators.find(letter) != std::string_view::npos) {
      parts.emplace_back();
    } else {
      parts.back() += letter;
    }
  }
  return parts;
}

std::string withoutAnd(std::string text) {
  for (std::size_t at = text.find(" and "); at != std::string::npos; at = text.find(" and ")) text.replace(at, 5, ",");
  return text;
}

/// What stands outside and what inside of brackets.
std::pair<std::string, std::string> withoutBrackets(const std::string& text) {
  std::pair<std::string, std::string> parts;
  int depth = 0;
  for (const char letter : text) {
    const bool opens = letter == '(' || letter == '[';
    const bool closes = letter == ')' || letter == ']';
    depth += opens ? 1 : closes ? -1 : 0;
    (depth > 0 || closes ? parts.second : parts.first) += opens || closes ? ' ' : letter;
  }
  return parts;
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

Words linesOf(const std::string& text) {
  Words lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

bool isUnderline(const std::string& line) {
  const std::string text = trimmed(line);
  return text.size() >= 3 && text.find_first_not_of('-') == std::string::npos;
}

/// "GPL-3.0 and CC-BY-SA 3.0" when the text names both, each of them alone, or nothing.
std::string licenceIn(const std::string& text) {
  std::string joined;
  for (const std::string& word : lpcWords(text)) joined += word + " ";
  const auto named = [&](std::initializer_list<std::string_view> spellings) {
    return std::ranges::any_of(spellings,
                               [&](std::string_view each) { return joined.find(each) != std::string::npos; });
  };
  std::string licence;
  if (named({"gpl 3", "gplv3", "gpl3", "gpl v3"})) licence = "GPL-3.0";
  if (named({"cc by sa 3", "by sa 3 0", "cc by sa3"}))
    licence += (licence.empty() ? "" : " and ") + std::string("CC-BY-SA 3.0");
  return licence;
}

/// Records of a CSV text (RFC 4180).
std::vector<Words> csvRecords(const std::string& text) {
  std::vector<Words> records;
  Words record(1);
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char letter = text[i];
    if (quoted) {
      if (letter != '"') {
        record.back() += letter;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        record.back() += text[++i];
      } else {
        quoted = false;
      }
    } else if (letter == '"') {
      quoted = true;
    } else if (letter == ',') {
      record.emplace_back();
    } else if (letter == '\n') {
      records.push_back(std::exchange(record, Words(1)));
    } else if (letter != '\r') {
      record.back() += letter;
    }
  }
  if (record.size() > 1 || !record.front().empty()) records.push_back(std::move(record));
  return records;
}

}  // namespace loom::lpc_text
