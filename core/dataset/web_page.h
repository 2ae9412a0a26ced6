// The pictures of one web page, read from its HTML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/job_monitor.h"

namespace loom {

struct WebPicture {
  std::string url;          ///< http, https, or a picture within its address (data:)
  std::string name;         ///< a safe file name, not unique
  std::int64_t bytes = -1;  ///< -1 when not known (yet)
  int width = 0;            ///< pixels; 0 when not known (yet)
  int height = 0;
  std::string alt;        ///< what the page says that it shows
  std::string problem;    ///< why it cannot be fetched; empty when nothing is known to be wrong
  std::string localHost;  ///< the page's host, when that lies in a private network: it alone may be asked there
};

struct WebPage {
  std::string url;  ///< after redirects
  std::string title;
  std::string licence;  ///< "CC-BY-SA-4.0", "CC0-1.0", … or an address; several with commas; empty when none is named
  std::vector<WebPicture> pictures;  ///< in the page's order, each address once
  std::int64_t leftOut = 0;          ///< pictures beyond limits::kMaxPagePictures
};

/// Reads a page: img (src, the largest of srcset, what lazy loaders put into data-src), picture, input, links to files
/// that are pictures by their ending, background pictures of style attributes, data: addresses; resolved against base.
/// A picture within a link to a picture counts as its thumbnail: the target is listed. `charset` is what the server
/// said, may be empty. Takes any bytes, in bounded time and memory. Throws Cancelled, Error when the page is too
/// tangled.
WebPage readWebPage(std::string_view html, const std::string& url, const std::string& charset, JobMonitor& monitor);

/// What a browser hands over when pictures or links are dropped: text/uri-list, or a piece of text/html (the picture
/// within a link rather than the link). Web addresses and data: pictures, each once; nothing else.
std::vector<std::string> addressesIn(std::string_view dropped);

/// "CC-BY-4.0" for https://creativecommons.org/licenses/by/4.0/deed.en and so on (SPDX names); other addresses as they
/// are.
std::string licenceName(const std::string& url);

}  // namespace loom
