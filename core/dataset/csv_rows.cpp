#include "core/dataset/csv_rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "core/base/limits.h"

namespace loom {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 18;
constexpr auto kLongestRow = static_cast<std::size_t>(limits::kMaxCsvRowBytes);
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool isBlank(std::string_view text) {
  return text.find_first_not_of(" \t") == std::string_view::npos;
}

/// Tabs stay: they may be separators.
std::string_view withoutSpaces(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// Where the quoted text that `text` begins with ends, one behind its last quote; npos when it is not closed.
std::size_t quotedEnd(std::string_view text) {
  for (std::size_t at = 1; at < text.size(); ++at) {
    if (text[at] != '"') continue;
    if (at + 1 < text.size() && text[at + 1] == '"') {
      ++at;
    } else {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

}  // namespace

bool CsvRows::next(CsvRow& row) {
  while (nextLine(row)) {
    if (row.tooLong || !isBlank(row.text)) return true;
  }
  return false;
}

bool CsvRows::nextLine(CsvRow& row) {
  std::size_t looked = 0;
  bool tooLong = false;
  for (;;) {
    const char* begin = m_buffer.data() + m_begin;
    const std::size_t size = m_end - m_begin;
    const void* found = size > looked ? std::memchr(begin + looked, m_lineEnd, size - looked) : nullptr;
    const bool atEnd = found == nullptr && size <= kLongestRow && !fill();
    if (found == nullptr && !atEnd) {
      looked = size;
      if (size <= kLongestRow) continue;
      tooLong = true;
      looked = 0;
      m_begin = m_end;
      continue;
    }
    if (atEnd && size == 0 && !tooLong) return false;
    begin = m_buffer.data() + m_begin;  // filling may have moved it
    const std::size_t length =
        found != nullptr ? static_cast<std::size_t>(static_cast<const char*>(found) - begin) : size;
    row = {.number = ++m_number, .text = {begin, length}, .tooLong = tooLong || length > kLongestRow};
    m_begin += length + (found != nullptr ? 1 : 0);
    if (row.text.ends_with('\r')) row.text.remove_suffix(1);
    if (row.tooLong) row.text = {};
    return true;
  }
}

/// Reads more behind what is there. False when there is no more.
bool CsvRows::fill() {
  if (m_begin > 0) {
    std::memmove(m_buffer.data(), m_buffer.data() + m_begin, m_end - m_begin);
    m_end -= m_begin;
    m_begin = 0;
  }
  if (m_buffer.size() < m_end + kChunk) m_buffer.resize(std::max(2 * m_buffer.size(), m_end + kChunk));
  m_stream.read(m_buffer.data() + m_end, static_cast<std::streamsize>(kChunk));
  if (m_stream.bad()) throw Error("the CSV file could not be read to its end", "check its drive, or copy it elsewhere");
  const auto got = static_cast<std::size_t>(m_stream.gcount());
  m_end += got;
  m_bytesRead += static_cast<std::int64_t>(got);
  if (!m_started) {
    m_started = true;
    std::string_view text(m_buffer.data(), m_end);
    if (text.starts_with(kByteOrderMark)) m_begin = kByteOrderMark.size();
    if (got == kChunk) text.remove_suffix(1);  // an LF may follow the last CR
    if (text.find('\n') == std::string_view::npos && text.find('\r') != std::string_view::npos) m_lineEnd = '\r';
  }
  return got > 0;
}

CsvFields::CsvFields(std::string_view row, char separator)
    : m_rest(separator == ' ' ? withoutSpaces(row) : row), m_separator(separator) {}

bool CsvFields::next(std::string_view& field) {
  if (!m_more) return false;
  while (!m_rest.empty() && m_rest.front() == ' ') m_rest.remove_prefix(1);
  std::size_t from = 0;
  if (!m_rest.empty() && m_rest.front() == '"') {
    const std::size_t end = quotedEnd(m_rest);
    from = end == std::string_view::npos ? 0 : end;
  }
  const std::size_t end = m_rest.find(m_separator, from);
  m_more = end != std::string_view::npos;
  field = withoutSpaces(m_rest.substr(0, end));
  m_rest = m_more ? m_rest.substr(end + 1) : std::string_view();
  return true;
}

std::string unquoted(std::string_view field) {
  if (field.size() < 2 || field.front() != '"' || field.back() != '"') return std::string(field);
  std::string text;
  for (std::size_t at = 1; at + 1 < field.size(); ++at) {
    text += field[at];
    if (field[at] == '"' && at + 2 < field.size() && field[at + 1] == '"') ++at;
  }
  return text;
}

std::optional<double> csvNumber(std::string_view field, bool decimalComma) {
  if (field.size() >= 2 && field.front() == '"' && field.back() == '"') {
    field = withoutSpaces(field.substr(1, field.size() - 2));
  }
  if (field.starts_with('+')) field.remove_prefix(1);
  std::array<char, 64> copy{};
  if (decimalComma && field.size() <= copy.size()) {
    std::ranges::copy(field, copy.begin());
    const std::size_t comma = field.find(',');
    if (comma != std::string_view::npos && comma + 1 < field.size()) copy[comma] = '.';
    field = {copy.data(), field.size()};
  }
  double value = 0;
  const char* end = field.data() + field.size();
  const auto [stopped, error] = std::from_chars(field.data(), end, value);
  if (error != std::errc() || stopped != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace loom
