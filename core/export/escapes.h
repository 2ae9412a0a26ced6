// Names that people gave, made safe for the text formats beside a sheet.
#pragma once

#include <string>
#include <string_view>

namespace loom {

/// Bytes that are no UTF-8 become U+FFFD.
std::string validUtf8(std::string_view text);

/// For the value of an XML attribute in double quotes. Control characters that XML 1.0 has no way to say become U+FFFD.
std::string xmlAttribute(std::string_view text);
/// A string of Godot's text resources, quotes and all.
std::string godotString(std::string_view text);
/// A CSS identifier (CSSOM, "serialize an identifier"), never empty.
std::string cssIdentifier(std::string_view text);
/// A relative address of the file `name`: everything but letters, digits and "-._~" as %XX.
std::string urlOfFile(std::string_view name);

}  // namespace loom
