#include "core/dataset/web_url.h"

#include <curl/curl.h>
#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "core/dataset/importer_names.h"

namespace loom {
namespace {

constexpr std::size_t kMaxUrlBytes = 8000;  // the least that RFC 9110 asks servers to take

struct Closer {
  void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using UrlHandle = std::unique_ptr<CURLU, Closer>;

std::string partOf(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK || text == nullptr) return {};
  const std::unique_ptr<char, void (*)(void*)> owner(text, curl_free);
  return text;
}

bool set(CURLU* url, const std::string& text) {
  return text.size() <= kMaxUrlBytes &&
         curl_url_set(url, CURLUPART_URL, text.c_str(), CURLU_URLENCODE | CURLU_DISALLOW_USER) == CURLUE_OK;
}

/// As browsers read it: blanks around it and line breaks in it do not count, and backslashes are slashes.
std::string tidied(std::string_view reference) {
  std::string text;
  for (const char c : reference) {
    if (c != '\t' && c != '\n' && c != '\r') text += c;
  }
  const auto blank = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  text.erase(text.begin(), std::ranges::find_if_not(text, blank));
  while (!text.empty() && blank(text.back())) text.pop_back();
  text.resize(std::min(text.find('#'), text.size()));
  std::replace(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(text.find('?'), text.size())), '\\',
               '/');
  return text;
}

/// "mailto" of "mailto:x"; nothing where there is none.
std::string schemeOf(std::string_view text) {
  const std::size_t end = text.find_first_of(":/?#");
  if (end == 0 || end == std::string_view::npos || text[end] != ':') return {};
  const auto letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  };
  const std::string scheme = asciiLowered(text.substr(0, end));
  return std::ranges::all_of(scheme, letter) ? scheme : std::string();
}

std::optional<WebAddress> addressOf(CURLU* url) {
  curl_url_set(url, CURLUPART_HOST, asciiLowered(partOf(url, CURLUPART_HOST)).c_str(),
               0);  // one spelling for one place
  WebAddress address{.url = partOf(url, CURLUPART_URL),
                     .scheme = asciiLowered(partOf(url, CURLUPART_SCHEME)),
                     .host = partOf(url, CURLUPART_HOST),
                     .origin = {},
                     .path = partOf(url, CURLUPART_PATH)};
  if ((address.scheme != "http" && address.scheme != "https") || address.host.empty()) return std::nullopt;
  if (!partOf(url, CURLUPART_USER).empty() || !partOf(url, CURLUPART_PASSWORD).empty()) return std::nullopt;
  address.origin = address.scheme + "://" + address.host + ":" + partOf(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  if (address.path.empty()) address.path = "/";
  if (const std::string query = partOf(url, CURLUPART_QUERY); !query.empty()) address.path += "?" + query;
  if (address.host.starts_with('[') && address.host.ends_with(']')) {
    address.host = address.host.substr(1, address.host.size() - 2);
  }
  return address;
}

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Not inside a letter of several bytes.
std::string shortened(std::string text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  text.resize(bytes);
  return text;
}

/// The name's ending with its dot, when it is short enough to be one.
std::string endingOf(const std::string& name) {
  constexpr std::size_t kLongestEnding = 10;
  const std::size_t dot = name.find_last_of('.');
  if (dot == std::string::npos || dot == 0 || name.size() - dot > kLongestEnding) return {};
  return name.substr(dot);
}

/// Some systems drop dots and spaces there.
void trimEnd(std::string& name) {
  name.erase(name.find_last_not_of(". ") + 1);
}

}  // namespace

std::string asciiLowered(std::string_view text) {
  std::string small(text);
  for (char& c : small) c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
  return small;
}

bool looksLikeWebAddress(std::string_view text) {
  const std::string head = asciiLowered(text.substr(0, 8));
  return head.starts_with("http://") || head.starts_with("https://");
}

bool isDataAddress(std::string_view text) {
  return asciiLowered(text.substr(0, 11)) == "data:image/";
}

std::optional<WebAddress> parseWebAddress(const std::string& url) {
  const std::string text = tidied(url);
  const UrlHandle handle(curl_url());
  if (!looksLikeWebAddress(text) || !set(handle.get(), text)) return std::nullopt;
  return addressOf(handle.get());
}

std::optional<std::string> resolveWebAddress(const std::string& base, std::string_view reference) {
  const std::string text = tidied(reference);
  const std::string scheme = schemeOf(text);
  if (!scheme.empty() && !looksLikeWebAddress(text)) return std::nullopt;  // mailto:, javascript:, file:, …
  const UrlHandle handle(curl_url());
  if (!set(handle.get(), base)) return std::nullopt;
  if (!text.empty() && !set(handle.get(), text)) return std::nullopt;
  const auto address = addressOf(handle.get());
  if (!address || address->url.size() > kMaxUrlBytes) return std::nullopt;
  return address->url;
}

std::string percentDecoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
    const int low = high >= 0 ? hexDigit(text[i + 2]) : -1;
    if (low >= 0) {
      plain += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

std::string webSafeName(std::string_view text, std::size_t maxBytes) {
  constexpr std::string_view kNotInNames = "/\\:*?\"<>|";
  std::string name = validUtf8(std::string(text));
  for (char& c : name) {
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x20 || code == 0x7F || kNotInNames.find(c) != std::string_view::npos) c = '_';
  }
  name.erase(0, std::min(name.find_first_not_of(". "), name.size()));
  trimEnd(name);
  const std::string ending = endingOf(name);
  if (name.size() > maxBytes) {
    name = shortened(name, maxBytes - ending.size()) + ending;
    trimEnd(name);
  }
  return name.empty() ? "picture" : name;
}

std::string fileNameOf(const WebAddress& address) {
  const std::string path = address.path.substr(0, address.path.find('?'));
  return webSafeName(percentDecoded(path.substr(path.find_last_of('/') + 1)));
}

std::string addressHash(const std::string& url) {
  std::array<char, 17> digits{};
  std::snprintf(digits.data(), digits.size(), "%016llx",
                static_cast<unsigned long long>(XXH3_64bits(url.data(), url.size())));
  return digits.data();
}

std::string UniqueFileNames::give(const std::string& wish) {
  if (m_given.insert(asciiLowered(wish)).second) return wish;
  const std::filesystem::path path(wish);
  int& number = m_last.try_emplace(asciiLowered(wish), 1).first->second;  // pages call thousands of pictures the same
  std::string name;
  do {
    name = (path.parent_path() / (path.stem().string() + "-" + std::to_string(++number) + path.extension().string()))
               .string();
  } while (!m_given.insert(asciiLowered(name)).second);
  return name;
}

}  // namespace loom
