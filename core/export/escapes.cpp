#include "core/export/escapes.h"

#include <array>
#include <cstdint>
#include <cstdio>

namespace loom {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  ///< U+FFFD

/// Bytes of the letter at the front of `text`; 0 where there is none (RFC 3629: no overlong forms, no surrogates).
std::size_t letterLength(std::string_view text) {
  const auto byte = [text](std::size_t at) { return static_cast<std::uint8_t>(text[at]); };
  const std::uint8_t first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
  }
  const std::uint8_t second = byte(1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool beyond = (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90);
  return overlong || beyond ? 0 : length;
}

bool isLetterOrDigit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool isControl(char c) {
  return static_cast<std::uint8_t>(c) < ' ' || c == '\x7F';
}

std::string hex(const char* format, char c) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), format, static_cast<unsigned>(static_cast<std::uint8_t>(c)));
  return text.data();
}

}  // namespace

std::string validUtf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = letterLength(text);
    valid += length > 0 ? text.substr(0, length) : kReplacement;
    text.remove_prefix(length > 0 ? length : 1);
  }
  return valid;
}

std::string xmlAttribute(std::string_view text) {
  std::string escaped;
  for (const char c : validUtf8(text)) {
    if (c == '&') {
      escaped += "&amp;";
    } else if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else if (c == '"') {
      escaped += "&quot;";
    } else if (c == '\t' || c == '\n' || c == '\r') {
      escaped += hex("&#%u;", c);
    } else {
      escaped += isControl(c) && c != '\x7F' ? std::string(kReplacement) : std::string(1, c);
    }
  }
  return escaped;
}

std::string godotString(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : validUtf8(text)) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += isControl(c) ? hex("\\u%04x", c) : std::string(1, c);
  }
  return quoted + "\"";
}

std::string cssIdentifier(std::string_view text) {
  std::string escaped;
  const std::string valid = validUtf8(text);
  for (std::size_t i = 0; i < valid.size(); ++i) {
    const char c = valid[i];
    const bool digit = c >= '0' && c <= '9';
    const bool leading = i == 0 || (i == 1 && valid[0] == '-');
    if (c == '\0') {
      escaped += kReplacement;
    } else if (isControl(c) || (digit && leading)) {
      escaped += hex("\\%x ", c);
    } else if (c == '-' && valid.size() == 1) {
      escaped += "\\-";
    } else if (isLetterOrDigit(c) || c == '-' || c == '_' || static_cast<std::uint8_t>(c) >= 0x80) {
      escaped += c;
    } else {
      escaped += std::string("\\") + c;
    }
  }
  return escaped.empty() ? "_" : escaped;
}

std::string urlOfFile(std::string_view name) {
  std::string address;
  for (const char c : name) {
    const bool plain = isLetterOrDigit(c) || c == '-' || c == '.' || c == '_' || c == '~';
    address += plain ? std::string(1, c) : hex("%%%02X", c);
  }
  return address;
}

}  // namespace loom
