// Which picture an element of a page means, when it offers several. Private to the web page reader.
#pragma once

#include <gumbo.h>

#include <string>
#include <string_view>
#include <vector>

namespace loom {

struct PictureOffer {
  std::string url;
  double size = 0;  ///< width in pixels, or the density; 0 when not told
};

/// The picture an img shows: the largest of srcset, or src. Lazy loaders keep the true one in data attributes, with a
/// blank one in its place.
PictureOffer offerOfImage(const GumboElement& image);
/// The largest of a source within a picture element; nothing where its type is one that is not read.
PictureOffer offerOfSource(const GumboElement& source);
/// The addresses in url(…) of a style attribute.
std::vector<std::string> stylePictures(const std::string& style);

bool isPictureElement(const GumboElement& element);
/// Whether an address ends as files of pictures do, in any case: .png, .gif, .jpg, .jpeg, .webp, .bmp and kin.
bool isPictureFile(const std::string& url);
bool endsLike(const std::string& url, std::string_view ending);

}  // namespace loom
