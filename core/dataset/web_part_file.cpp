#include "core/dataset/web_part_file.h"

#include <system_error>

#include "core/base/atomic_file.h"
#include "core/base/limits.h"
#include "core/dataset/web_picture_ending.h"
#include "core/dataset/web_picture_sources.h"
#include "core/image/image_format.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kEnoughToTell = 32;  // bytes, of which format a picture is

std::int64_t sizeOf(const fs::path& file) {
  std::error_code failure;
  const auto size = fs::file_size(file, failure);
  return failure ? 0 : static_cast<std::int64_t>(size);
}

std::vector<std::byte> headOf(const fs::path& file) {
  std::vector<std::byte> head(kEnoughToTell);
  std::ifstream stream(file, std::ios::binary);
  stream.read(reinterpret_cast<char*>(head.data()), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(stream.gcount()));
  return head;
}

[[noreturn]] void failWrite(const fs::path& file) {
  throw WebFolderError("could not write " + file.string(),
                       "check that the disk is not full and that you may write there", file);
}

std::string noPicture(const std::string& type) {
  return "what came is no picture that can be read" + (type.empty() ? "" : " (" + type + ")");
}

}  // namespace

WebPartFile::WebPartFile(WebManifest& manifest, WebManifest::Entry& entry)
    : m_manifest(manifest), m_entry(entry), m_path(manifest.partOf(entry)) {
  std::error_code failure;
  fs::create_directories(m_path.parent_path(), failure);
  if (failure) failWrite(m_path);
  if (m_entry.tag.empty()) fs::remove(m_path, failure);  // nothing would tell whether the rest belongs to it
  m_have = sizeOf(m_path);
}

void WebPartFile::take(const WebHead& head, std::span<const std::byte> bytes) {
  if (!m_stream.is_open()) open(head);
  m_arrived += static_cast<std::int64_t>(bytes.size());
  m_size += static_cast<std::int64_t>(bytes.size());
  if (m_size > limits::kMaxFileBytes) {
    refuse("it has more than the " + std::to_string(limits::kMaxFileBytes >> 20) + " MB that are read");
  }
  if (m_head.size() < kEnoughToTell) {
    m_head.insert(m_head.end(), bytes.begin(), bytes.end());
    if (m_head.size() >= kEnoughToTell && !imageFormat(m_head)) refuse(noPicture(head.type));
  }
  m_stream.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
  if (!m_stream) failWrite(m_path);
}

void WebPartFile::open(const WebHead& head) {
  if (head.total > limits::kMaxFileBytes) {
    refuse("it has more than the " + std::to_string(limits::kMaxFileBytes >> 20) + " MB that are read");
  }
  constexpr int kPartial = 206;
  const bool goesOn = head.status == kPartial && m_have > 0 && head.from == m_have;
  if (head.status == kPartial && !goesOn && head.from != 0) {
    refuse("the server gave another part of the file than the one asked for");
  }
  m_stream.open(m_path, goesOn ? std::ios::binary | std::ios::app : std::ios::binary | std::ios::trunc);
  if (!m_stream) failWrite(m_path);
  m_size = goesOn ? m_have : 0;
  if (goesOn) m_head = headOf(m_path);
  m_entry.tag = head.etag.empty() ? head.modified : head.etag;
  m_entry.bytes = head.total;
  m_entry.done = false;
  m_manifest.save();
}

void WebPartFile::discard() {
  std::error_code ignored;
  m_stream.close();
  fs::remove(m_path, ignored);
  m_have = 0;
  m_entry.tag.clear();
}

void WebPartFile::refuse(const std::string& why) {
  discard();
  throw Error(why);
}

void WebPartFile::finish() {
  if (m_stream.is_open()) m_stream.close();
  if (!m_stream) failWrite(m_path);
  const auto format = imageFormat(headOf(m_path));
  if (!format) refuse(noPicture({}));
  // Without a length nobody has noticed yet when the end is missing.
  if (m_entry.bytes < 0 && isCutShort(readFile(m_path, limits::kMaxFileBytes), *format)) {
    refuse("the connection broke before the picture was whole");
  }
  if (!isPictureFile(m_entry.file)) m_manifest.rename(m_entry, m_entry.file + pictureEnding(headOf(m_path)));
  std::error_code failure;
  fs::rename(m_path, m_manifest.fileOf(m_entry), failure);
  if (failure) failWrite(m_manifest.fileOf(m_entry));
  m_entry.bytes = sizeOf(m_manifest.fileOf(m_entry));
  m_entry.done = true;
  m_manifest.save();
}

}  // namespace loom
