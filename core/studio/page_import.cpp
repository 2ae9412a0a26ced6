#include "core/studio/page_import.h"

#include <algorithm>
#include <system_error>

#include "core/base/error.h"
#include "core/project/view.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

WebPage pageWithPictures(WebReader& reader, const std::string& url, JobMonitor& monitor) {
  WebPage page = reader.look(url, monitor);
  if (!page.pictures.empty()) return page;
  throw Error("no pictures were found at " + page.url,
              "pages that load their pictures later by script show none here: give the address of one picture, or save "
              "them from the browser");
}

ImportReport fetchAndImport(WebReader& reader, const Project& project, const std::string& pageUrl,
                            const std::vector<WebPicture>& pictures, ImportOptions options, JobMonitor& monitor) {
  const fs::path folder = webFolder(project, pageUrl);
  const WebFetchReport fetched = reader.fetch(pictures, folder, monitor);
  if (fetched.files.empty()) {
    const std::string reason = fetched.skipped.empty() ? "" : ": " + fetched.skipped.front().reason;
    throw Error("none of the pictures at " + pageUrl + " could be fetched" + reason,
                "try again later; what has been fetched is kept");
  }
  std::vector<fs::path> files;
  for (const FetchedPicture& picture : fetched.files) {
    files.push_back(picture.file);
    // A picture within its own address lies in the page.
    options.sources[picture.file.string()] = looksLikeWebAddress(picture.url) ? picture.url : pageUrl;
  }
  ImportReport report = importSprites(project, files, options, monitor);
  if (report.cancelled) return report;
  report.skipped.insert(report.skipped.end(), fetched.skipped.begin(), fetched.skipped.end());
  std::error_code ignored;
  fs::remove_all(folder, ignored);
  fs::remove(folder.parent_path(), ignored);  // only when nothing else is in it
  return report;
}

/// Adds what another source brought.
void append(ImportReport& all, const ImportReport& more) {
  all.imported += more.imported;
  all.duplicates += more.duplicates;
  all.characters += more.characters;
  all.upscaled += more.upscaled;
  all.resumed += more.resumed;
  all.cancelled = all.cancelled || more.cancelled;
  const auto join = [](auto& list, const auto& other) { list.insert(list.end(), other.begin(), other.end()); };
  join(all.skipped, more.skipped);
  join(all.notes, more.notes);
  join(all.sprites, more.sprites);
  join(all.views, more.views);
  all.views = sortedViews(std::move(all.views));
  for (const std::string& size : more.sizes) {
    if (std::find(all.sizes.begin(), all.sizes.end(), size) == all.sizes.end()) all.sizes.push_back(size);
  }
}

}  // namespace

ImportReport importPagePictures(const Project& project, const std::string& pageUrl,
                                const std::vector<WebPicture>& pictures, ImportOptions options, JobMonitor& monitor) {
  WebReader reader;
  return fetchAndImport(reader, project, pageUrl, pictures, std::move(options), monitor);
}

std::vector<WebPicture> picturesAt(const std::vector<std::string>& addresses) {
  std::vector<WebPicture> pictures;
  for (const std::string& url : addresses) {
    WebPicture picture;
    picture.url = url;
    const auto address = parseWebAddress(url);
    picture.name = address ? fileNameOf(*address) : "picture";
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

ImportReport importSources(const Project& project, const std::vector<std::string>& sources,
                           const ImportOptions& options, JobMonitor& monitor) {
  std::vector<fs::path> paths;
  ImportReport report;
  for (const std::string& source : sources) {
    if (!looksLikeWebAddress(source)) {
      paths.emplace_back(source);
      continue;
    }
    WebReader reader;
    const WebPage page = pageWithPictures(reader, source, monitor);
    ImportOptions ofPage = options;
    if (ofPage.licence.empty()) ofPage.licence = page.licence;
    append(report, fetchAndImport(reader, project, page.url, page.pictures, std::move(ofPage), monitor));
    if (report.cancelled) return report;
  }
  if (paths.empty()) return report;
  const ImportReport files = importSprites(project, paths, options, monitor);
  if (report.sprites.empty() && report.skipped.empty()) return files;
  append(report, files);
  return report;
}

}  // namespace loom
