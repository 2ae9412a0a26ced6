// What a browser hands over when something is dragged out of it.
#include <algorithm>
#include <unordered_set>

#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/dataset/web_html.h"
#include "core/dataset/web_page.h"
#include "core/dataset/web_picture_sources.h"
#include "core/dataset/web_url.h"

namespace loom {
namespace {

/// Lines of addresses; others (comments, titles) do not count.
std::vector<std::string> listedAddresses(std::string_view text) {
  std::vector<std::string> found;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    const std::string line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (const auto address = parseWebAddress(line)) found.push_back(address->url);
    if (isDataAddress(line)) found.push_back(line);
  }
  return found;
}

std::vector<std::string> fragmentAddresses(std::string_view html) {
  std::vector<std::string> found;
  std::string link;
  bool pictureInLink = false;
  const auto take = [&](const std::string& reference) {
    if (isDataAddress(reference)) {
      found.push_back(reference);
    } else if (const auto address = parseWebAddress(reference)) {
      found.push_back(address->url);
    } else {
      return false;
    }
    return true;
  };
  const auto enter = [&](const GumboElement& element) {
    if (element.tag == GUMBO_TAG_A) {
      link = attributeOf(element, "href");
      pictureInLink = false;
    }
    if (element.tag == GUMBO_TAG_IMG && take(offerOfImage(element).url)) pictureInLink = true;
  };
  const auto leave = [&](const GumboElement& element) {
    if (element.tag == GUMBO_TAG_A && !pictureInLink) take(link);
  };
  JobMonitor monitor;
  withHtmlTree(pageText(html, "utf-8"), monitor, [&](const GumboNode& root) { walkHtml(root, enter, leave); });
  return found;
}

}  // namespace

std::vector<std::string> addressesIn(std::string_view dropped) {
  const std::size_t begin = dropped.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || static_cast<std::int64_t>(dropped.size()) > limits::kMaxPageBytes) return {};
  const bool isHtml = dropped[begin] == '<' || dropped.starts_with("\xEF\xBB\xBF") || dropped.starts_with("\xFF\xFE");
  std::unordered_set<std::string> seen;
  std::vector<std::string> addresses;
  try {
    for (std::string& address : isHtml ? fragmentAddresses(dropped) : listedAddresses(dropped)) {
      if (seen.insert(address).second) addresses.push_back(std::move(address));
    }
  } catch (const Error&) {
    return {};  // a fragment too tangled to read holds nothing that anyone dropped on purpose
  }
  return addresses;
}

}  // namespace loom
