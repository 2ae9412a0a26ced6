#include "core/dataset/importer_sources.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <system_error>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/limits.h"
#include "core/base/natural_order.h"
#include "core/image/image_format.h"
#include "core/project/project.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNestedArchive = "it is an archive within what is imported; import it by itself";

// What usually lies beside sprites. Nobody needs to be told which formats are read when a readme is left out.
constexpr std::array<std::string_view, 26> kSidecars{
    ".txt", ".md",  ".json", ".csv", ".xml",    ".html", ".htm", ".pdf", ".rtf",  ".doc",    ".docx", ".yml", ".yaml",
    ".ini", ".cfg", ".log",  ".url", ".webloc", ".db",   ".tsx", ".tmx", ".tres", ".import", ".meta", ".ttf", ".wav"};
constexpr std::array<std::string_view, 7> kDrawings{".psd", ".xcf", ".kra", ".svg", ".ora", ".piskel", ".pyxel"};

std::string endingOf(const std::string& name) {
  std::string ending = fs::path(name).extension().string();
  for (char& c : ending) c = (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
  return ending;
}

bool beginsWith(std::span<const std::byte> bytes, std::string_view magic, std::size_t at = 0) {
  return bytes.size() >= at + magic.size() &&
         std::equal(magic.begin(), magic.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at),
                    [](char letter, std::byte byte) { return letter == static_cast<char>(byte); });
}

/// The first bytes of a file; nothing and `readable` false when it cannot be opened.
std::vector<std::byte> headOf(const fs::path& file, bool& readable) {
  std::vector<std::byte> head(kHeadBytes);
  std::ifstream stream(file, std::ios::binary);
  readable = stream.good();
  stream.read(reinterpret_cast<char*>(head.data()), static_cast<std::streamsize>(head.size()));
  head.resize(readable ? static_cast<std::size_t>(stream.gcount()) : 0);
  readable = readable && !stream.bad();
  return head;
}

/// The files below a folder, links to folders and other projects' insides left out.
class FolderWalk {
 public:
  FolderWalk(JobMonitor& monitor, std::vector<fs::path>& files,
             std::vector<std::pair<std::string, std::string>>& skipped)
      : m_monitor(monitor), m_files(files), m_skipped(skipped) {}

  void enter(const fs::path& folder) {
    if (Project::isProject(folder)) {
      m_skipped.emplace_back(validUtf8(folder.string()), "it is a Spriteloom project");
    } else {
      walk(folder);
    }
  }

 private:
  void walk(const fs::path& folder) {
    m_monitor.checkCancelled();
    std::vector<fs::directory_entry> entries;
    std::error_code failure;
    for (fs::directory_iterator entry(folder, failure), end; !failure && entry != end; entry.increment(failure)) {
      if (!isHiddenName(entry->path().filename().string())) entries.push_back(*entry);
    }
    if (failure)
      m_skipped.emplace_back(validUtf8(folder.string()), "the folder could not be read: " + failure.message());
    std::ranges::sort(entries, [](const fs::directory_entry& a, const fs::directory_entry& b) {
      return naturalLess(a.path().filename().string(), b.path().filename().string());
    });
    for (const fs::directory_entry& entry : entries) {
      std::error_code ignored;
      if (entry.is_directory(ignored) && !entry.is_symlink(ignored)) {
        enter(entry.path());
      } else if (entry.is_regular_file(ignored)) {
        m_files.push_back(entry.path());
      }
    }
  }

  JobMonitor& m_monitor;
  std::vector<fs::path>& m_files;
  std::vector<std::pair<std::string, std::string>>& m_skipped;
};

}  // namespace

bool isHiddenName(const std::string& name) {
  return name.starts_with('.') || name == "__MACOSX";
}

bool looksLikeArchive(std::span<const std::byte> head) {
  constexpr std::size_t kTarMagicAt = 257;
  return beginsWith(head, "PK\x03\x04") || beginsWith(head, "PK\x05\x06") || beginsWith(head, "7z\xBC\xAF\x27\x1C") ||
         beginsWith(head, "Rar!\x1A\x07") || beginsWith(head, "\x1F\x8B") || beginsWith(head, "BZh") ||
         beginsWith(head,
                    "\xFD"
                    "7zXZ") ||
         beginsWith(head, "\x28\xB5\x2F\xFD") || beginsWith(head, "MSCF") || beginsWith(head, "ustar", kTarMagicAt);
}

bool looksLikeTable(const std::string& name) {
  const std::string ending = endingOf(name);
  return ending == ".csv" || ending == ".tsv";
}

std::string whyNoPicture(const std::string& name, std::span<const std::byte> head) {
  if (imageFormat(head)) return {};
  const std::string ending = endingOf(name);
  if (looksLikeArchive(head) && ending != ".docx") return kNestedArchive;
  if (ending.empty() || std::ranges::find(kSidecars, ending) != kSidecars.end()) return "not a picture";
  if (std::ranges::find(kDrawings, ending) != kDrawings.end()) {
    return "it belongs to a drawing program; export it from there as PNG";
  }
  if (head.empty()) return "it is empty";
  return "it is no picture that can be read (PNG, JPEG, BMP, GIF, WebP and Aseprite files can)";
}

ImportSource::ImportSource(const fs::path& path) : m_path(fs::absolute(path).lexically_normal()) {
  if (!m_path.has_filename() && m_path.has_relative_path()) m_path = m_path.parent_path();
  std::error_code ignored;
  if (!fs::exists(m_path, ignored)) {
    throw Error("there is nothing at " + path.string(), "check the name: it may have been moved or renamed", path);
  }
  if (fs::is_directory(m_path, ignored)) m_kind = Kind::kFolder;
}

void ImportSource::look(JobMonitor& monitor) {
  if (m_kind == Kind::kFolder) {
    FolderWalk(monitor, m_files, m_skipped).enter(m_path);
    m_count = static_cast<std::int64_t>(m_files.size() + m_skipped.size());
    return;
  }
  bool readable = false;
  const std::vector<std::byte> head = headOf(m_path, readable);
  if (looksLikeArchive(head)) {
    m_kind = Kind::kArchive;
    m_count = countArchive(m_path, monitor);
  } else {
    m_files = {m_path};
    m_count = 1;
  }
}

void ImportSource::read(const FileReceiver& receiver) const {
  if (m_kind == Kind::kArchive) return readArchive(m_path, receiver);
  for (const auto& [file, reason] : m_skipped) receiver.skip(file, reason);
  for (const fs::path& file : m_files) readListed(file, receiver);
}

void ImportSource::readListed(const fs::path& file, const FileReceiver& receiver) const {
  const std::string name = validUtf8(file.string());
  bool readable = false;
  const std::vector<std::byte> head = headOf(file, readable);
  if (!readable) return receiver.skip(name, "it could not be opened: check that you may read it");
  if (receiver.table && looksLikeTable(name)) return receiver.table({pathOf(file), name, file});
  if (const std::string reason = whyNoPicture(name, head); !reason.empty()) return receiver.skip(name, reason);
  FoundPicture picture{.path = pathOf(file), .source = name, .bytes = {}};
  try {
    std::error_code ignored;
    const auto size = static_cast<std::int64_t>(fs::file_size(file, ignored));
    if (receiver.room && !ignored) receiver.room(size);
    picture.bytes = readFile(file, limits::kMaxFileBytes);
  } catch (const Error& failure) {
    return receiver.skip(name, failure.what());
  }
  receiver.picture(std::move(picture));
}

PicturePath ImportSource::pathOf(const fs::path& file) const {
  // A single picture lies in its folder as it would had the folder been imported.
  const fs::path root = m_kind == Kind::kFolder ? m_path : m_path.parent_path();
  PicturePath path{.where = validUtf8(root.parent_path().string()), .folders = {}, .file = {}};
  if (root.has_filename()) path.folders.push_back(validUtf8(root.filename().string()));
  for (const fs::path& part : file.parent_path().lexically_relative(root)) {
    if (part != ".") path.folders.push_back(validUtf8(part.string()));
  }
  path.file = validUtf8(file.filename().string());
  return path;
}

}  // namespace loom
