// Names of licences by the addresses they are linked with.
#include <algorithm>

#include "core/dataset/web_page.h"
#include "core/dataset/web_url.h"

namespace loom {
std::string licenceName(const std::string& url) {
  const auto address = parseWebAddress(url);
  if (!address) return url;
  const std::string path = asciiLowered(address->path);
  const bool commons = address->host == "creativecommons.org" || address->host.ends_with(".creativecommons.org");
  if (!commons) return url;
  const auto partAfter = [&](std::string_view folder) {
    const std::size_t end = path.find('/', folder.size());
    return path.substr(folder.size(), end - folder.size());
  };
  const auto versionAfter = [&](const std::string& kind) {
    const std::string rest = path.substr(std::min(path.find("/" + kind + "/") + kind.size() + 2, path.size()));
    const std::string version = rest.substr(0, rest.find_first_not_of("0123456789."));
    return version.empty() ? std::string() : "-" + version;
  };
  if (path.starts_with("/licenses/")) {
    std::string kind = partAfter("/licenses/");
    const std::string version = versionAfter(kind);
    if (kind.empty() || kind.find_first_not_of("abcdnsy-") != std::string::npos) return url;
    for (char& c : kind) c = c == '-' ? c : static_cast<char>(c - 'a' + 'A');
    return "CC-" + kind + version;
  }
  if (path.starts_with("/publicdomain/zero/")) return "CC0" + versionAfter("zero");
  return url;
}

}  // namespace loom
