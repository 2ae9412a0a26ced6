// Imports from wherever sprites are named: files, folders, archives, and the pictures of web pages.
#pragma once

#include <string>
#include <vector>

#include "core/dataset/importer.h"
#include "core/dataset/web_reader.h"

namespace loom {

/// Fetches pictures of a page into the project (going on with what an earlier call left), imports them with their
/// addresses as source, and removes the files. What could not be fetched is among the skipped. Throws Error, also when
/// nothing could be fetched; what was fetched is kept for the next call then.
ImportReport importPagePictures(const Project& project, const std::string& pageUrl,
                                const std::vector<WebPicture>& pictures, ImportOptions options, JobMonitor& monitor);

/// Pictures that are known by their addresses alone, as a browser hands them over.
std::vector<WebPicture> picturesAt(const std::vector<std::string>& addresses);

/// importSprites for paths and web addresses (http://, https://) mixed; of a page, all its pictures, under the licence
/// it names unless `options` do. Each address is an import of its own: cancelled later, what came before stays.
ImportReport importSources(const Project& project, const std::vector<std::string>& sources,
                           const ImportOptions& options, JobMonitor& monitor);

}  // namespace loom
