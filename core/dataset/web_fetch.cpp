// Fetching pictures one after the other, in a way that can be stopped at any time and gone on with.
#include <map>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/dataset/web_data_url.h"
#include "core/dataset/web_manifest.h"
#include "core/dataset/web_part_file.h"
#include "core/dataset/web_reader.h"
#include "core/dataset/web_url.h"
#include "core/image/image_format.h"
#include "core/project/view.h"

namespace loom {
namespace {

namespace fs = std::filesystem;
using Entry = WebManifest::Entry;

constexpr int kTries = 3;              // of one picture whose transfer breaks off
constexpr int kUnreachableInARow = 2;  // then the rest of a host's pictures are not tried

std::string shownUrl(const std::string& url) {
  constexpr std::size_t kShown = 60;
  return isDataAddress(url) && url.size() > kShown ? url.substr(0, kShown) + "…" : url;
}

/// "front/3.png" for a picture in a folder of a view's name: the importer reads views from folders.
std::string wishOf(const WebPicture& picture) {
  const std::string name = webSafeName(picture.name);
  const auto address = parseWebAddress(picture.url);
  if (!address) return name;
  const fs::path folder = fs::path(address->path.substr(0, address->path.find('?'))).parent_path();
  const auto view = parseViewWord(percentDecoded(folder.filename().string()));
  return view ? *view + "/" + name : name;
}

/// One call of WebReader::fetch.
class Fetch {
 public:
  Fetch(WebClient& client, const fs::path& folder, JobMonitor& monitor)
      : m_client(client), m_monitor(monitor), m_manifest(folder) {}

  WebFetchReport run(const std::vector<WebPicture>& pictures) {
    m_monitor.begin("Fetching pictures", static_cast<std::int64_t>(pictures.size()));
    m_manifest.save();  // tells at once when the folder cannot be written
    for (std::size_t i = 0; i < pictures.size(); ++i) {
      fetchOrSkip(pictures[i]);
      m_monitor.advance(static_cast<std::int64_t>(i) + 1);
    }
    m_manifest.save();
    return std::move(m_report);
  }

 private:
  void fetchOrSkip(const WebPicture& picture) {
    const auto skip = [&](const std::string& reason) { m_report.skipped.push_back({shownUrl(picture.url), reason}); };
    const auto address = parseWebAddress(picture.url);
    const std::string host = address ? address->host : std::string();
    const auto& [lastFailure, failures] = m_unreachable[host];
    if (!picture.problem.empty()) return skip(picture.problem);
    if (m_report.bytes >= limits::kMaxFetchBytes) {
      return skip("more than " + std::to_string(limits::kMaxFetchBytes >> 30) + " GB are not fetched at a time");
    }
    if (failures >= kUnreachableInARow) return skip(lastFailure);
    try {
      isDataAddress(picture.url) ? writeData(picture) : fetchOne(picture);
      m_unreachable.erase(host);
    } catch (const Cancelled&) {
      throw;
    } catch (const WebFolderError&) {
      throw;  // the next picture would not fare better
    } catch (const WebUnreachable& failure) {
      m_unreachable[host] = {failure.what(), failures + 1};
      skip(failure.what());
    } catch (const Error& failure) {
      skip(failure.what());
    }
  }

  void writeData(const WebPicture& picture) {
    Entry& entry = m_manifest.entry("data:" + addressHash(picture.url), wishOf(picture));
    if (!m_manifest.isDone(entry)) {
      const std::vector<std::byte> bytes = dataOf(picture.url);
      if (!imageFormat(bytes)) throw Error("it is no picture that can be read");
      writeFileAtomically(m_manifest.fileOf(entry), bytes);
      entry.bytes = static_cast<std::int64_t>(bytes.size());
      entry.done = true;
      --m_report.reused;
    }
    ++m_report.reused;
    m_report.files.push_back({picture.url, m_manifest.fileOf(entry)});
  }

  void fetchOne(const WebPicture& picture) {
    Entry& entry = m_manifest.entry(picture.url, wishOf(picture));
    if (m_manifest.isDone(entry)) {
      ++m_report.reused;
    } else {
      std::string why;
      int turn = 0;
      while (turn < kTries && !transfer(picture, entry, why)) ++turn;
      if (turn == kTries) throw Error(why + "; what has come is kept, and fetching again goes on from there");
    }
    m_report.files.push_back({picture.url, m_manifest.fileOf(entry)});
  }

  /// True when the picture is there, whole; else `why` says what happened.
  bool transfer(const WebPicture& picture, Entry& entry, std::string& why) {
    WebPartFile part(m_manifest, entry);
    if (part.isWhole()) return part.finish(), true;
    bool whole = false;
    try {
      whole = ask(picture, entry, part, why);
    } catch (const WebRefused& refusal) {
      constexpr int kNoSuchRange = 416;
      if (refusal.status() != kNoSuchRange || part.have() == 0) throw;
      why = refusal.what();
      part.discard();
    }
    if (whole) part.finish();
    return whole;
  }

  bool ask(const WebPicture& picture, const Entry& entry, WebPartFile& part, std::string& why) {
    const std::int64_t before = m_report.bytes;
    const WebSink sink = [&](const WebHead& head, std::span<const std::byte> bytes) {
      part.take(head, bytes);
      m_report.bytes = before + part.arrived();
      return m_report.bytes <= limits::kMaxFetchBytes;
    };
    const WebAnswer answer = m_client.ask({.url = picture.url,
                                           .localHost = picture.localHost,
                                           .from = part.have(),
                                           .to = -1,
                                           .unchangedTag = entry.tag,
                                           .compressed = false},
                                          sink, m_monitor);
    if (answer.reply.end == WebEnd::kEnough) {
      throw Error("more than " + std::to_string(limits::kMaxFetchBytes >> 30) + " GB are not fetched at a time");
    }
    why = answer.reply.why;
    const bool whole = answer.reply.end == WebEnd::kWhole;
    if (whole && part.arrived() == 0) throw Error("the server sent an empty file");
    return whole;
  }

  WebClient& m_client;
  JobMonitor& m_monitor;
  WebManifest m_manifest;
  WebFetchReport m_report;
  std::map<std::string, std::pair<std::string, int>> m_unreachable;  ///< host: why, and how often in a row
};

}  // namespace

WebFetchReport WebReader::fetch(const std::vector<WebPicture>& pictures, const fs::path& folder, JobMonitor& monitor) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) {
    throw Error("could not make the folder " + folder.string() + ": " + failure.message(),
                "choose a place where you may write", folder);
  }
  return Fetch(m_client, folder, monitor).run(pictures);
}

}  // namespace loom
