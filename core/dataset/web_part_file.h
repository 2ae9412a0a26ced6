// A picture while it arrives: half a file that can be gone on with, until it is whole. Private to the web reader.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <span>
#include <vector>

#include "core/dataset/web_connection.h"
#include "core/dataset/web_manifest.h"

namespace loom {

class WebPartFile {
 public:
  /// Looks at what is there from before; halves that nothing tells the state of are removed. Throws WebFolderError.
  WebPartFile(WebManifest& manifest, WebManifest::Entry& entry);

  std::int64_t have() const { return m_have; }        ///< bytes that are there from before
  std::int64_t arrived() const { return m_arrived; }  ///< bytes taken
  bool isWhole() const { return m_have > 0 && m_have == m_entry.bytes; }

  /// Appends, or begins anew where the server sends the file from its beginning. Throws Error when it is no picture or
  /// too large (the half is removed then), WebFolderError.
  void take(const WebHead& head, std::span<const std::byte> bytes);
  /// Removes what is there.
  void discard();
  /// Gives the file its name and notes that it is whole. Throws as take().
  void finish();

 private:
  void open(const WebHead& head);
  [[noreturn]] void refuse(const std::string& why);

  WebManifest& m_manifest;
  WebManifest::Entry& m_entry;
  std::filesystem::path m_path;
  std::ofstream m_stream;
  std::vector<std::byte> m_head;  ///< the first bytes, to tell a picture from something else
  std::int64_t m_have = 0;
  std::int64_t m_arrived = 0;
  std::int64_t m_size = 0;
};

}  // namespace loom
