#include "core/dataset/web_manifest.h"

#include <nlohmann/json.hpp>
#include <system_error>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr const char* kManifestName = ".web-fetch.json";
constexpr int kVersion = 1;

/// Projects are passed on: a manifest must not name files elsewhere.
bool isOurName(const std::string& file) {
  constexpr std::size_t kLongest = 160;  // bytes: a number may have been added to a name
  const fs::path path(file);
  int parts = 0;
  for (const fs::path& part : path) {
    if (++parts > 2 || webSafeName(part.string(), kLongest) != part.string()) return false;
  }
  return parts > 0 && !path.is_absolute();
}

Json parsed(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return Json::object();
  try {
    return Json::parse(readTextFile(file, limits::kMaxJsonBytes), nullptr, false);
  } catch (const Error&) {
    return Json::object();
  }
}

}  // namespace

WebManifest::WebManifest(fs::path folder) : m_folder(std::move(folder)) {
  const Json json = parsed(m_folder / kManifestName);
  if (!json.is_object() || !json.contains("files") || !json["files"].is_object()) return;
  for (const auto& [url, value] : json["files"].items()) {
    try {
      Entry entry{.file = value.at("file").get<std::string>(),
                  .tag = value.value("tag", ""),
                  .bytes = value.value("bytes", std::int64_t{-1}),
                  .done = value.value("done", false)};
      const bool ours = isOurName(entry.file) && m_names.give(entry.file) == entry.file;
      const bool tagFits = entry.tag.find_first_of("\r\n") == std::string::npos;
      if (ours && tagFits) m_entries.emplace(url, std::move(entry));
    } catch (const Json::exception&) {
      continue;
    }
  }
}

WebManifest::Entry& WebManifest::entry(const std::string& url, const std::string& wish) {
  const auto [place, isNew] = m_entries.try_emplace(url);
  if (isNew) rename(place->second, wish);
  return place->second;
}

void WebManifest::rename(Entry& entry, const std::string& wish) {
  std::error_code ignored;
  do {
    entry.file = m_names.give(wish);
  } while (fs::exists(m_folder / entry.file, ignored));  // of a manifest that was lost
}

void WebManifest::save() const {
  Json files = Json::object();
  for (const auto& [url, entry] : m_entries) {
    files[url] = {{"file", entry.file}, {"tag", entry.tag}, {"bytes", entry.bytes}, {"done", entry.done}};
  }
  const Json json = {{"version", kVersion}, {"files", std::move(files)}};
  const std::string text = json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
  try {
    writeFileAtomically(m_folder / kManifestName, text);
  } catch (const Error& failure) {
    throw WebFolderError(failure.what(), failure.hint(), failure.file());
  }
}

fs::path WebManifest::partOf(const Entry& entry) const {
  const fs::path file = fileOf(entry);
  return file.parent_path() / ("." + file.filename().string() + ".part");
}

bool WebManifest::isDone(const Entry& entry) const {
  std::error_code failure;
  const auto size = fs::file_size(fileOf(entry), failure);
  return entry.done && !failure && static_cast<std::int64_t>(size) == entry.bytes;
}

}  // namespace loom
