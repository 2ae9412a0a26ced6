// Words that travel inside a PNG: an international text chunk (iTXt) that picture editors and engines pass over.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace loom {

/// The same picture with `text` (UTF-8, packed) under `keyword` (1 to 79 letters of Latin-1). Throws Error when `png`
/// is no PNG, and for a keyword that the format does not take.
std::vector<std::byte> withPngText(std::span<const std::byte> png, const std::string& keyword, const std::string& text);

/// The text under that keyword: of the first iTXt chunk that has it and is whole. Nothing when there is none, when the
/// file is no PNG, or where the text is longer than limits::kMaxJsonBytes.
std::optional<std::string> pngText(std::span<const std::byte> png, const std::string& keyword);
/// Of a file; nothing also when it cannot be read.
std::optional<std::string> pngText(const std::filesystem::path& file, const std::string& keyword);

}  // namespace loom
