#include "core/dataset/csv_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <utility>

#include "core/base/error.h"

namespace loom {
namespace {

constexpr std::size_t kFlushAt = std::size_t{1} << 20;

std::string headerOf(int width, int height, const CsvFormat& format) {
  constexpr std::array<std::string_view, 4> kLetters{"l", "la", "rgb", "rgba"};
  std::string text = format.label.empty() ? "" : csvField(format.label) + ',';
  for (int y = 1; y <= height; ++y) {
    for (int x = 1; x <= width; ++x) {
      const std::string place = std::to_string(y) + "x" + std::to_string(x) + ",";
      for (const char letter : kLetters[static_cast<std::size_t>(format.channels - 1)]) text += letter + place;
    }
  }
  text.back() = '\n';
  return text;
}

}  // namespace

CsvWriter::CsvWriter(const std::filesystem::path& file, int width, int height, CsvFormat format)
    : m_file(file), m_width(width), m_height(height), m_format(std::move(format)) {
  if (width < 1 || height < 1) throw Error("pictures without pixels cannot be written");
  channelValues(Sprite(), m_format.channels);  // says which channels there are
  if (m_format.header) m_text = headerOf(width, height, m_format);
}

void CsvWriter::add(const Sprite& sprite, std::string_view label) {
  if (sprite.width() != m_width || sprite.height() != m_height) {
    throw Error("a picture of " + std::to_string(sprite.width()) + "x" + std::to_string(sprite.height()) +
                    " pixels has no place among those of " + std::to_string(m_width) + "x" + std::to_string(m_height),
                "the pictures of one CSV file have one size");
  }
  if (!m_format.label.empty()) m_text += csvField(label) + ',';
  for (const std::uint8_t value : channelValues(sprite, m_format.channels, m_format.background)) {
    std::array<char, 4> digits{};
    char* end = std::to_chars(digits.data(), digits.data() + digits.size(), static_cast<int>(value)).ptr;
    *end++ = ',';
    m_text.append(digits.data(), end);
  }
  m_text.back() = '\n';
  if (m_text.size() >= kFlushAt) flush();
}

void CsvWriter::flush() {
  m_file.write(std::as_bytes(std::span(m_text)));
  m_text.clear();
}

void CsvWriter::commit() {
  flush();
  m_file.commit();
}

std::string csvField(std::string_view text) {
  std::string field(text);
  std::ranges::replace_if(
      field, [](char letter) { return letter == '\n' || letter == '\r' || letter == '\0'; }, ' ');
  const bool plain = field.find_first_of(",;\t\"") == std::string::npos && !field.starts_with(' ') &&
                     !field.ends_with(' ') && !field.empty();
  if (plain) return field;
  std::string quoted = "\"";
  for (const char letter : field) {
    quoted += letter;
    if (letter == '"') quoted += '"';
  }
  return quoted + '"';
}

}  // namespace loom
