// Reading ZIP, tar, 7z and RAR archives through libarchive. Names of entries are names, never paths to write to.
#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <utility>

#include "core/base/limits.h"
#include "core/dataset/importer_sources.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlockBytes = std::size_t{1} << 18;

/// libarchive turns names into the locale's character set, and a program that never set one has plain ASCII.
class Utf8Names {
 public:
  Utf8Names() : m_locale(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)) {
    if (m_locale != nullptr) m_previous = uselocale(m_locale);
  }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;
  ~Utf8Names() {
    if (m_locale == nullptr) return;
    uselocale(m_previous);
    freelocale(m_locale);
  }

 private:
  locale_t m_locale;
  locale_t m_previous{};
};

struct Closer {
  void operator()(archive* reader) const { archive_read_free(reader); }
};
using Reader = std::unique_ptr<archive, Closer>;

/// Only what libarchive decodes itself: some of its other filters would start programs.
Reader openArchive(const fs::path& file) {
  Reader reader(archive_read_new());
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_filter_bzip2(reader.get());
  archive_read_support_filter_xz(reader.get());
  archive_read_support_filter_lzma(reader.get());
  archive_read_support_filter_zstd(reader.get());
  archive_read_support_format_zip(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_support_format_7zip(reader.get());
  archive_read_support_format_rar(reader.get());
  archive_read_support_format_rar5(reader.get());
  archive_read_support_format_cab(reader.get());
  if (archive_read_open_filename(reader.get(), file.c_str(), kBlockBytes) != ARCHIVE_OK) return nullptr;
  return reader;
}

std::string wordsOf(archive* reader) {
  const char* words = archive_error_string(reader);
  return words != nullptr ? validUtf8(words) : "unknown error";
}

std::string nameOf(archive_entry* entry) {
  if (const char* name = archive_entry_pathname_utf8(entry)) return validUtf8(name);
  const char* name = archive_entry_pathname(entry);
  return name != nullptr ? validUtf8(name) : std::string();
}

/// Absolute, or climbing: such a name is no place within the archive.
bool leadsOut(const std::string& name) {
  if (name.starts_with('/') || name.starts_with('\\') || (name.size() > 1 && name[1] == ':')) return true;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find_first_of("/\\", begin), name.size());
    if (name.compare(begin, end - begin, "..") == 0) return true;
    begin = end + 1;
  }
  return false;
}

std::vector<std::string> partsOf(const std::string& name) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find_first_of("/\\", begin), name.size());
    const std::string part = name.substr(begin, end - begin);
    if (!part.empty() && part != ".") parts.push_back(part);
    begin = end + 1;
  }
  return parts;
}

/// "tiny-hero" for "tiny-hero.tar.gz".
std::string stemOf(const fs::path& file) {
  fs::path stem = file.stem();
  if (stem.extension() == ".tar") stem = stem.stem();
  return validUtf8(stem.string());
}

/// Goes through the entries of an archive that are files and not hidden, within the limits.
class ArchiveWalk {
 public:
  explicit ArchiveWalk(const fs::path& file) : m_reader(openArchive(file)) {}

  /// False at the end; then problem() says why it came early, if it did.
  bool next() {
    if (!m_reader) {
      m_problem = "it could not be opened: check that you may read it";
      return false;
    }
    for (;;) {
      const int result = archive_read_next_header(m_reader.get(), &m_entry);
      if (result == ARCHIVE_EOF) return false;
      if (result < ARCHIVE_WARN && (result != ARCHIVE_RETRY || ++m_retries > kMaxRetries)) {
        m_problem = (m_entries == 0 ? "the archive is damaged: " : "the archive is damaged from here on: ") +
                    wordsOf(m_reader.get());
        return false;
      }
      if (result == ARCHIVE_RETRY) continue;
      if (!withinLimits()) return false;
      const std::string name = nameOf(m_entry);
      m_parts = partsOf(name);
      m_leadsOut = leadsOut(name);
      m_link = archive_entry_hardlink(m_entry) != nullptr || archive_entry_filetype(m_entry) == AE_IFLNK;
      const bool hidden = !m_leadsOut && std::ranges::any_of(m_parts, isHiddenName);
      const bool isFile = m_link || archive_entry_filetype(m_entry) == AE_IFREG;
      if (isFile && !hidden && !m_parts.empty()) return true;
    }
  }

  const std::string& problem() const { return m_problem; }
  const std::vector<std::string>& parts() const { return m_parts; }

  using Room = std::function<void(std::int64_t bytes)>;

  /// The entry's bytes when it begins like a picture (any, without `picturesOnly`); else `reason` says why.
  std::optional<std::vector<std::byte>> read(std::string& reason, bool picturesOnly, const Room& room = {}) {
    if (m_leadsOut) reason = "its name leads out of the archive";
    if (m_link) reason = "it is a link, and only files are read";
    if (!reason.empty()) return std::nullopt;
    if (archive_entry_is_encrypted(m_entry) != 0) {
      reason = "it is locked with a password; unpack the archive, then import the folder";
      return std::nullopt;
    }
    if (sizeSaid() > limits::kMaxFileBytes) {
      reason = kTooLarge;
      return std::nullopt;
    }
    std::vector<std::byte> bytes;
    if (room) room(sizeSaid());
    // Grown as it arrives: what the entry says of its size may be a lie. Known beforehand, it is not held twice.
    bytes.reserve(static_cast<std::size_t>(sizeSaid()));
    std::array<std::byte, std::size_t{1} << 16> block{};
    for (bool checked = !picturesOnly;;) {
      const la_ssize_t count = archive_read_data(m_reader.get(), block.data(), block.size());
      if (count < 0) {
        reason = "it is damaged: " + wordsOf(m_reader.get());
        return std::nullopt;
      }
      if (room && bytes.size() + static_cast<std::size_t>(count) > bytes.capacity()) room(2 * std::ssize(bytes));
      bytes.insert(bytes.end(), block.begin(), block.begin() + count);
      m_unpacked += count;
      if (!checked && (count == 0 || bytes.size() >= kHeadBytes)) {
        reason = whyNoPicture(m_parts.back(), std::span(bytes).first(std::min(bytes.size(), kHeadBytes)));
        if (!reason.empty()) return std::nullopt;
        checked = true;
      }
      if (count == 0) return bytes;
      if (static_cast<std::int64_t>(bytes.size()) > limits::kMaxFileBytes) {
        reason = kTooLarge;
        return std::nullopt;
      }
    }
  }

 private:
  static constexpr int kMaxRetries = 100;
  inline static const std::string kTooLarge =
      "it is larger than the " + std::to_string(limits::kMaxFileBytes >> 20) + " MB that are read";

  std::int64_t sizeSaid() const {
    return archive_entry_size_is_set(m_entry) != 0 ? std::max<std::int64_t>(archive_entry_size(m_entry), 0) : 0;
  }

  bool withinLimits() {
    const std::int64_t unpacked = std::max<std::int64_t>(m_unpacked, archive_filter_bytes(m_reader.get(), 0));
    // A ZIP file tells where each entry lies, so one that is too large need not be unpacked to get past it.
    const bool skippable = archive_format(m_reader.get()) == ARCHIVE_FORMAT_ZIP;
    const std::int64_t next = skippable ? 0 : sizeSaid();
    std::string limit;
    if (++m_entries > limits::kMaxArchiveEntries) limit = std::to_string(limits::kMaxArchiveEntries) + " files";
    if (std::max(unpacked, next) > limits::kMaxArchiveBytes) {
      limit = std::to_string(limits::kMaxArchiveBytes >> 30) + " GB when unpacked";
    }
    if (limit.empty()) return true;
    m_problem = "the rest was left out: the archive holds more than " + limit;
    return false;
  }

  Utf8Names m_names;
  Reader m_reader;
  archive_entry* m_entry = nullptr;
  std::vector<std::string> m_parts;
  bool m_leadsOut = false;
  bool m_link = false;
  std::string m_problem;
  std::int64_t m_entries = 0;
  std::int64_t m_unpacked = 0;
  int m_retries = 0;
};

}  // namespace

std::int64_t countArchive(const fs::path& archive, JobMonitor& monitor) {
  std::int64_t count = 0;
  ArchiveWalk walk(archive);
  while (walk.next()) {
    monitor.checkCancelled();
    ++count;
  }
  return walk.problem().empty() ? count : count + 1;
}

void readArchive(const fs::path& archive, const FileReceiver& receiver) {
  const std::string name = validUtf8(archive.string());
  ArchiveWalk walk(archive);
  while (walk.next()) {
    FoundPicture picture{.path = {.where = validUtf8(archive.parent_path().string()),
                                  .folders = {stemOf(archive)},
                                  .file = walk.parts().back(),
                                  .inArchive = true},
                         .source = name + "!",
                         .bytes = {}};
    picture.path.folders.insert(picture.path.folders.end(), walk.parts().begin(), walk.parts().end() - 1);
    for (const std::string& part : walk.parts()) picture.source += (picture.source.ends_with('!') ? "" : "/") + part;
    std::string reason;
    const bool table = receiver.table && looksLikeTable(picture.path.file);
    if (auto bytes = walk.read(reason, !table, receiver.room)) {
      picture.bytes = std::move(*bytes);
      if (table)
        receiver.table({std::move(picture.path), std::move(picture.source), {}, std::move(picture.bytes)});
      else
        receiver.picture(std::move(picture));
    } else {
      receiver.skip(picture.source, reason);
    }
  }
  if (!walk.problem().empty()) receiver.skip(name, walk.problem());
}

void readArchiveFiles(const fs::path& archive, const std::function<bool(const std::string& path)>& wanted,
                      const std::function<void(const std::string& path, std::vector<std::byte> bytes)>& receive,
                      const std::function<void(const std::string& file, const std::string& reason)>& skip) {
  ArchiveWalk walk(archive);
  while (walk.next()) {
    std::string path;
    for (const std::string& part : walk.parts()) path += (path.empty() ? "" : "/") + part;
    if (!wanted(path)) continue;
    std::string reason;
    if (auto bytes = walk.read(reason, false)) {
      receive(path, std::move(*bytes));
    } else {
      skip(path, reason);
    }
  }
  if (!walk.problem().empty()) skip(validUtf8(archive.string()), walk.problem());
}

}  // namespace loom
