#include "app/cli/import_page.h"

#include <algorithm>
#include <system_error>

namespace loom::cli {

std::vector<std::filesystem::path> FetchedPage::files() const {
  std::vector<std::filesystem::path> list;
  for (const FetchedPicture& picture : fetched.files) list.push_back(picture.file);
  return list;
}

std::string FetchedPage::addressOf(const std::string& file) const {
  const auto found = std::ranges::find(fetched.files, std::filesystem::path(file), &FetchedPicture::file);
  if (found == fetched.files.end() || !looksLikeWebAddress(found->url)) return page.url;  // data: lies in the page
  return found->url;
}

FetchedPage fetchPage(Context& context, const std::string& url, const Project& project) {
  JobMonitor monitor = context.monitor();
  WebReader reader;
  FetchedPage result{.page = reader.look(url, monitor), .fetched = {}, .folder = webFolder(project, url)};
  const WebPage& page = result.page;
  if (page.pictures.empty()) {
    throw Error(
        "no pictures were found at " + page.url,
        "pages that load their pictures later by script show none here: give the address of one picture, or save "
        "them from the browser");
  }
  const auto count = static_cast<std::int64_t>(page.pictures.size());
  context.output.say("found " + counted(count, "picture", "pictures") + " at " + page.url +
                     (page.licence.empty() ? "" : ", licence " + page.licence));
  if (page.leftOut > 0) context.output.say(std::to_string(page.leftOut) + " more were left out: too many for one page");
  result.fetched = reader.fetch(page.pictures, result.folder, monitor);
  if (!result.fetched.files.empty()) return result;
  const std::string reason = result.fetched.skipped.empty() ? "" : ": " + result.fetched.skipped.front().reason;
  throw Error("none of the pictures at " + page.url + " could be fetched" + reason,
              "try again later; what has been fetched is kept");
}

void removeFetched(const FetchedPage& page) {
  std::error_code ignored;
  std::filesystem::remove_all(page.folder, ignored);
  std::filesystem::remove(page.folder.parent_path(), ignored);  // only when nothing else is in it
}

}  // namespace loom::cli
