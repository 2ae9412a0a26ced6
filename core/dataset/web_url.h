// Web addresses: told from file names, made absolute, and turned into safe names for files.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace loom {

/// A to Z made small, all else as it is.
std::string asciiLowered(std::string_view text);

/// Whether it begins with http:// or https://, in any case.
bool looksLikeWebAddress(std::string_view text);
/// Whether it is a picture that lies in its own address (data:image/…, RFC 2397).
bool isDataAddress(std::string_view text);

/// An address in its parts. All are as they go over the wire: percent-encoded, host in small letters.
struct WebAddress {
  std::string url;     ///< the whole, without a fragment
  std::string scheme;  ///< "http" or "https"
  std::string host;    ///< a name, or an IP address without brackets
  std::string origin;  ///< scheme, host and port
  std::string path;    ///< with the query; begins with a slash
};

/// Nothing when it is no http or https address, is longer than 8,000 bytes, or carries a user name or password.
std::optional<WebAddress> parseWebAddress(const std::string& url);
/// `reference`, as a page at `base` may write it, made absolute (RFC 3986, with the leniency of browsers for spaces and
/// backslashes). Nothing when that gives no address that parseWebAddress takes.
std::optional<std::string> resolveWebAddress(const std::string& base, std::string_view reference);

/// "%20" -> " " and so on; what is no escape stays.
std::string percentDecoded(std::string_view text);
/// A name for a file from anything: no separators, no control characters, no leading dots, valid UTF-8, at most
/// `maxBytes` with its extension kept; "picture" when nothing is left.
std::string webSafeName(std::string_view text, std::size_t maxBytes = 120);
/// webSafeName of the last part of an address's path.
std::string fileNameOf(const WebAddress& address);

/// Sixteen hexadecimal digits (XXH3) for an address, the same ever after.
std::string addressHash(const std::string& url);

/// Gives each file a name of its own, also where the disk does not tell "A" from "a".
class UniqueFileNames {
 public:
  /// `wish`, or with a number: "hero.png", "hero-2.png".
  std::string give(const std::string& wish);

 private:
  std::set<std::string> m_given;      ///< in small letters
  std::map<std::string, int> m_last;  ///< the highest number tried, by wish in small letters
};

}  // namespace loom
