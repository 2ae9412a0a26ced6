// The pictures of a web page, fetched for the import.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/commands.h"

namespace loom::cli {

/// What came of a page, ready for importSprites and for the licence and source of the sprites.
struct FetchedPage {
  WebPage page;
  WebFetchReport fetched;
  std::filesystem::path folder;  ///< in the project; removed by removeFetched() once its pictures are imported

  /// The sources for importSprites.
  std::vector<std::filesystem::path> files() const;
  /// The address that one of those files came from.
  std::string addressOf(const std::string& file) const;
};

/// Fetches all pictures of the page (or the one picture) at `url` into the project's folder for it, going on with what
/// an earlier call left. Says what was found and what was skipped. Throws Error (also when nothing could be fetched),
/// Cancelled.
FetchedPage fetchPage(Context& context, const std::string& url, const Project& project);

/// Removes the folder, and the one around it when it is empty then.
void removeFetched(const FetchedPage& page);

}  // namespace loom::cli
