#include "core/dataset/web_picture_sources.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/dataset/web_html.h"
#include "core/dataset/web_url.h"

namespace loom {
namespace {

constexpr std::array<std::string_view, 9> kPictureEndings{".png", ".apng", ".gif",  ".jpg", ".jpeg",
                                                          ".jpe", ".jfif", ".webp", ".bmp"};
constexpr std::array<std::string_view, 4> kUnreadTypes{"image/svg+xml", "image/avif", "image/jxl", "image/heic"};

constexpr std::string_view kBlanks = " \t\n\r\f";

/// The largest of a srcset: "a.png 1x, b.png 2x" or "a.png 320w, b.png 640w".
PictureOffer largestOf(std::string_view srcset) {
  PictureOffer best;
  while (!srcset.empty()) {
    srcset.remove_prefix(std::min(srcset.find_first_not_of(" \t\n\r\f,"), srcset.size()));
    const std::size_t end = std::min(srcset.find_first_of(kBlanks), srcset.size());
    std::string url(srcset.substr(0, end));
    srcset.remove_prefix(end);
    std::string descriptor;
    if (url.ends_with(',')) {
      url.erase(url.find_last_not_of(',') + 1);
    } else {
      const std::size_t comma = std::min(srcset.find(','), srcset.size());
      descriptor = srcset.substr(0, comma);
      srcset.remove_prefix(comma);
    }
    const double told = std::strtod(descriptor.c_str(), nullptr);
    const double size = told > 0 ? told : 1;
    if (!url.empty() && size > best.size) best = {url, size};
  }
  return best;
}

}  // namespace

bool endsLike(const std::string& url, std::string_view ending) {
  return asciiLowered(std::string_view(url).substr(0, url.find_first_of("?#"))).ends_with(ending);
}

bool isPictureFile(const std::string& url) {
  return std::ranges::any_of(kPictureEndings, [&](std::string_view ending) { return endsLike(url, ending); });
}

PictureOffer offerOfImage(const GumboElement& image) {
  for (const char* name : {"srcset", "data-srcset", "data-lazy-srcset"}) {
    if (PictureOffer best = largestOf(attributeOf(image, name)); !best.url.empty()) return best;
  }
  const std::string source = attributeOf(image, "src");
  if (source.empty() || isDataAddress(source)) {
    for (const char* name : {"data-src", "data-original", "data-lazy-src"}) {
      if (const std::string lazy = attributeOf(image, name); !lazy.empty()) return {lazy, 0};
    }
  }
  return {source, 0};
}

PictureOffer offerOfSource(const GumboElement& source) {
  const std::string type = asciiLowered(attributeOf(source, "type"));
  if (std::ranges::find(kUnreadTypes, type) != kUnreadTypes.end()) return {};
  return largestOf(attributeOf(source, "srcset"));
}

std::vector<std::string> stylePictures(const std::string& style) {
  std::vector<std::string> urls;
  const std::string small = asciiLowered(style);
  for (std::size_t at = small.find("url("); at != std::string::npos; at = small.find("url(", at + 4)) {
    const std::size_t begin = style.find_first_not_of(" \t\n\"'", at + 4);
    if (begin == std::string::npos) break;
    const char quote = style[begin - 1];
    const std::size_t end =
        quote == '"' || quote == '\'' ? style.find(quote, begin) : style.find_first_of(" \t\n)", begin);
    if (end == std::string::npos) break;
    urls.push_back(style.substr(begin, end - begin));
  }
  return urls;
}

bool isPictureElement(const GumboElement& element) {
  GumboStringPiece name = element.original_tag;  // some versions of gumbo know this element and others do not
  if (name.data == nullptr || name.length == 0) return false;
  gumbo_tag_from_original_text(&name);
  return asciiLowered(std::string_view(name.data, name.length)) == "picture";
}

}  // namespace loom
