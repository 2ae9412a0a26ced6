#include "core/base/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

#include "core/base/error.h"

namespace loom {
namespace {

[[noreturn]] void fail(const std::string& action, const std::filesystem::path& path, int code) {
  std::string hint = action == "read" ? "check its name, and that you may read it"
                                      : "check that the folder exists and that you may write there";
  if (code == ENOSPC || code == EDQUOT) hint = "the disk is full: free some space and try again";
  throw Error("could not " + action + " " + path.string() + ": " + std::strerror(code), hint, path);
}

void writeAll(int fd, std::span<const std::byte> bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", path, errno);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void syncFolder(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::fsync(fd);  // some file systems refuse; the rename itself has happened
  ::close(fd);
}

std::filesystem::path folderOf(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : ".";
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path path) : m_path(std::move(path)) {
  m_aside = (folderOf(m_path) / ("." + m_path.filename().string() + ".XXXXXX")).string();
  m_descriptor = ::mkstemp(m_aside.data());
  if (m_descriptor < 0) fail("write", m_path, errno);
}

AtomicFile::~AtomicFile() {
  if (m_descriptor >= 0) ::close(m_descriptor);
  if (!m_aside.empty()) ::unlink(m_aside.c_str());
}

void AtomicFile::write(std::span<const std::byte> bytes) {
  writeAll(m_descriptor, bytes, m_path);
}

void AtomicFile::writeAt(std::int64_t offset, std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(m_descriptor, bytes.data(), bytes.size(), offset);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", m_path, errno);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    offset += written;
  }
}

void AtomicFile::commit() {
  ::fchmod(m_descriptor, 0644);
  if (::fsync(m_descriptor) != 0) fail("save", m_path, errno);
  if (::close(std::exchange(m_descriptor, -1)) != 0) fail("save", m_path, errno);
  if (::rename(m_aside.c_str(), m_path.c_str()) != 0) fail("save", m_path, errno);
  m_aside.clear();
  syncFolder(folderOf(m_path));
}

void writeFileAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  AtomicFile file(path);
  file.write(bytes);
  file.commit();
}

void writeFileAtomically(const std::filesystem::path& path, std::string_view text) {
  writeFileAtomically(path, std::as_bytes(std::span(text)));
}

std::vector<std::byte> readFile(const std::filesystem::path& path, std::int64_t maxBytes) {
  std::ifstream stream(path, std::ios::binary | std::ios::ate);
  if (!stream || std::filesystem::is_directory(path)) fail("read", path, errno != 0 ? errno : EISDIR);
  const auto size = static_cast<std::int64_t>(stream.tellg());
  if (size > maxBytes) {
    throw Error(path.string() + " has " + std::to_string(size) + " bytes, more than the " + std::to_string(maxBytes) +
                    " that are read",
                "split the file or make it smaller", path);
  }
  std::vector<std::byte> bytes(static_cast<std::size_t>(size));
  stream.seekg(0);
  stream.read(reinterpret_cast<char*>(bytes.data()), size);
  if (!stream) fail("read", path, EIO);
  return bytes;
}

std::string readTextFile(const std::filesystem::path& path, std::int64_t maxBytes) {
  const std::vector<std::byte> bytes = readFile(path, maxBytes);
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::filesystem::path freeName(const std::filesystem::path& path) {
  std::filesystem::path candidate = path;
  for (int number = 2; std::filesystem::exists(candidate); ++number) {
    candidate = path.parent_path() / (path.stem().string() + "-" + std::to_string(number) + path.extension().string());
  }
  return candidate;
}

}  // namespace loom
