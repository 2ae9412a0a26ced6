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
  std::string hint = "check that the folder exists and that you may write there";
  if (code == ENOSPC || code == EDQUOT) hint = "the disk is full: free some space and try again";
  throw Error("could not " + action + " " + path.string() + ": " + std::strerror(code), hint, path);
}

class Descriptor {
 public:
  explicit Descriptor(int fd) : m_fd(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (m_fd >= 0) ::close(m_fd);
  }
  int get() const { return m_fd; }
  int release() { return std::exchange(m_fd, -1); }

 private:
  int m_fd;
};

void writeAll(int fd, std::span<const std::byte> bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", path, errno);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void syncFolder(const std::filesystem::path& folder) {
  const Descriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() >= 0) ::fsync(fd.get());  // some file systems refuse; the rename itself has happened
}

}  // namespace

void writeFileAtomically(const std::filesystem::path& path, std::span<const std::byte> bytes) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  std::string aside = (folder / ("." + path.filename().string() + ".XXXXXX")).string();
  Descriptor fd(::mkstemp(aside.data()));
  if (fd.get() < 0) fail("write", path, errno);
  try {
    writeAll(fd.get(), bytes, path);
    ::fchmod(fd.get(), 0644);
    if (::fsync(fd.get()) != 0) fail("save", path, errno);
    if (::close(fd.release()) != 0) fail("save", path, errno);
    if (::rename(aside.c_str(), path.c_str()) != 0) fail("save", path, errno);
  } catch (...) {
    ::unlink(aside.c_str());
    throw;
  }
  syncFolder(folder);
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
