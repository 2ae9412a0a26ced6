#include "core/dataset/lpc_layers_source.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/dataset/importer_sources.h"
#include "core/dataset/lpc_layers_paths.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kMaxTextBytes = 64LL << 20;
constexpr std::size_t kMaxPictureBytes = std::size_t{16} << 20;  ///< a sheet's pixels are 4.5 MB before they are packed

std::string lowerName(const std::string& file) {
  std::string name = file.substr(file.find_last_of('/') + 1);
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return name;
}

bool isPng(const std::string& file) {
  return lowerName(file).ends_with(".png");
}

enum class TextKind { kNone, kAuthors, kLicence, kCredits };

TextKind textKind(const std::string& file) {
  const std::string name = lowerName(file);
  if (name == "credits.csv") return TextKind::kCredits;
  if (name.starts_with("authors") && name.ends_with(".txt")) return TextKind::kAuthors;
  constexpr std::array<std::string_view, 4> kLicenceNames = {"readme", "copying", "license", "licence"};
  const bool licence =
      std::ranges::any_of(kLicenceNames, [&](std::string_view start) { return name.starts_with(start); });
  return licence && (name.ends_with(".txt") || name.ends_with(".md") || name.find('.') == std::string::npos)
             ? TextKind::kLicence
             : TextKind::kNone;
}

std::string pathFromTop(const std::string& file) {
  std::string path;
  for (const std::string& folder : lpcFolders(file)) path += (path.empty() ? "" : "/") + folder;
  return path;
}

bool isHidden(const fs::path& path) {
  return std::ranges::any_of(path, [](const fs::path& part) { return isHiddenName(part.string()); });
}

}  // namespace

LpcSource::LpcSource(const fs::path& source, JobMonitor& monitor) {
  std::error_code failure;
  const fs::file_status status = fs::status(source, failure);
  if (!fs::exists(status))
    throw Error("there is no " + source.string(), "choose a folder or a ZIP of LPC layers", source);
  const fs::path whole = fs::absolute(source).lexically_normal();
  m_name = (whole.has_filename() ? whole.filename() : whole.parent_path().filename()).string();
  fs::is_directory(status) ? listFolder(source, monitor) : unpack(source, monitor);
  std::ranges::sort(m_pictures, {}, &Picture::path);
  const auto twins = std::ranges::unique(m_pictures, {}, &Picture::path);
  for (const Picture& twin : twins)
    m_skipped.push_back({twin.file, "another file has the same name from its part's folder on"});
  m_pictures.erase(twins.begin(), twins.end());
}

void LpcSource::listFolder(const fs::path& folder, JobMonitor& monitor) {
  monitor.begin("Looking through the layers", 0);
  std::error_code failure;
  fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied, failure);
  for (; !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
    monitor.checkCancelled();
    const fs::path inside = entry->path().lexically_relative(folder);
    if (isHidden(inside)) {
      entry.disable_recursion_pending();
      continue;
    }
    if (!entry->is_regular_file(failure)) continue;
    if (isPng(inside.string())) {
      if (std::string path = pathFromTop(inside.generic_string()); !path.empty()) {
        m_pictures.push_back({std::move(path), entry->path().string(), -1, 0});
      }
    } else if (textKind(inside.string()) != TextKind::kNone) {
      takeText(inside.generic_string(), readFile(entry->path(), kMaxTextBytes));
    }
  }
  if (failure)
    throw Error("the folder " + folder.string() + " cannot be read: " + failure.message(), "check that you may read it",
                folder);
}

void LpcSource::unpack(const fs::path& archive, JobMonitor& monitor) {
  monitor.begin("Unpacking the layers", 0);
  m_unpacked.reset(std::tmpfile());
  if (!m_unpacked)
    throw Error("no temporary file can be written for the layers", "make room in the folder for temporary files");
  const auto wanted = [](const std::string& file) {
    return textKind(file) != TextKind::kNone || (isPng(file) && !pathFromTop(file).empty());
  };
  std::int64_t found = 0;
  const auto receive = [&](const std::string& file, std::vector<std::byte> bytes) {
    monitor.advance(++found);
    if (takeText(file, bytes)) return;
    if (bytes.size() > kMaxPictureBytes) {
      m_skipped.push_back({file, "it is larger than any sheet of this size"});
      return;
    }
    if (std::fwrite(bytes.data(), 1, bytes.size(), m_unpacked.get()) != bytes.size()) {
      throw Error("the layers cannot be unpacked: the disk for temporary files is full",
                  "make room there, or unpack the archive yourself", archive);
    }
    m_pictures.push_back({pathFromTop(file), file, m_unpackedBytes, bytes.size()});
    m_unpackedBytes += static_cast<std::int64_t>(bytes.size());
  };
  readArchiveFiles(archive, wanted, receive, [this](const std::string& file, const std::string& reason) {
    m_skipped.push_back({file, reason});
  });
  if (std::fflush(m_unpacked.get()) != 0)
    throw Error("the layers cannot be unpacked: the disk for temporary files is full", {}, archive);
}

bool LpcSource::takeText(const std::string& file, const std::vector<std::byte>& bytes) {
  const TextKind kind = textKind(file);
  if (kind == TextKind::kNone) return false;
  std::string& text = kind == TextKind::kAuthors ? m_authors : kind == TextKind::kCredits ? m_credits : m_licence;
  text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  text += '\n';
  return true;
}

std::vector<std::byte> LpcSource::bytes(const Picture& picture) const {
  if (picture.at < 0) return readFile(picture.file, static_cast<std::int64_t>(kMaxPictureBytes));
  std::vector<std::byte> bytes(picture.size);
  for (std::size_t got = 0; got < bytes.size();) {
    const ssize_t count =
        pread(fileno(m_unpacked.get()), bytes.data() + got, bytes.size() - got, picture.at + static_cast<off_t>(got));
    if (count <= 0) throw Error(picture.file + " cannot be read back from the temporary file");
    got += static_cast<std::size_t>(count);
  }
  return bytes;
}

}  // namespace loom
