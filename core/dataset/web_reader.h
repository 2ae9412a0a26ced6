// Brings pictures from one web page: lists them, and fetches the chosen ones into a folder for the importer.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/base/job_monitor.h"
#include "core/dataset/importer.h"
#include "core/dataset/web_client.h"
#include "core/dataset/web_page.h"
#include "core/dataset/web_url.h"
#include "core/project/project.h"

namespace loom {

struct FetchedPicture {
  std::string url;
  std::filesystem::path file;
};

struct WebFetchReport {
  std::vector<FetchedPicture> files;  ///< in the order asked for; what to import
  std::int64_t reused = 0;            ///< how many of them were there from before
  std::int64_t bytes = 0;             ///< fetched by this call
  std::vector<SkippedFile> skipped;   ///< by address
};

/// For one thread. http and https alone; robots.txt is kept (RFC 9309); one request a second and host; no cookies, no
/// credentials; certificates are checked. A host in a private network is asked only when the address given to look()
/// names it and lies there itself.
class WebReader {
 public:
  explicit WebReader(WebSettings settings = {});
  ~WebReader();
  WebReader(const WebReader&) = delete;
  WebReader& operator=(const WebReader&) = delete;

  /// The pictures of the page at `url`; of a picture's own address, that one. Reads at most limits::kMaxPageBytes.
  /// Throws Cancelled, and Error with what to do: no such page, no network, refused, neither page nor picture, …
  WebPage look(const std::string& url, JobMonitor& monitor);

  /// Fills in size and bytes from the first kilobytes, or the problem. Throws Cancelled alone.
  void measure(WebPicture& picture, JobMonitor& monitor);

  /// Fetches the pictures into `folder` (made where needed). Half files are kept and gone on with, by this call or a
  /// later one, as far as the server knows them unchanged; finished ones are not fetched again. Pictures from a folder
  /// of a view's name (front/3.png) get such a folder. One bad picture never stops the rest. Throws Cancelled, and
  /// Error when `folder` cannot be written.
  WebFetchReport fetch(const std::vector<WebPicture>& pictures, const std::filesystem::path& folder,
                       JobMonitor& monitor);

 private:
  WebClient m_client;
};

/// Where a page's pictures lie until they are imported: PROJECT/web-fetch/HOST-…, the same for the same address.
std::filesystem::path webFolder(const Project& project, const std::string& pageUrl);

}  // namespace loom
